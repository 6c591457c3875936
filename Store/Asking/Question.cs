namespace ProfilerWeaver.Store;

/// <summary>A question about the profiles of a store that is ready.</summary>
/// <param name="Sql">The question.</param>
/// <param name="Values">What its parameters stand for.</param>
sealed record Question(string Sql, IReadOnlyList<object> Values)
{
    /// <summary>The methods of some profiles, those first that take most time themselves.</summary>
    public static Question Rows(Selection of, int most) => new($"""
        select m.name, m.file, m.line, sum(m.calls) as calls, sum(m.primitive_calls) as primitive_calls, sum(m.self_ns) as self_ns,
            sum(m.total_ns) as total_ns, max(m.slowest_ns) as slowest_ns,
            sum(m.profiles) as profiles, min(m.fewest_calls) as fewest_calls, max(m.most_calls) as most_calls
        from methods m join profiles p using (profile_id)
        where m.profile_id in (select profile_id from profiles where {of.Condition})
        group by m.method_hash, m.name, m.file, m.line
        order by self_ns desc, calls desc, name, file, line
        limit {most}
        """, of.Values);

    /// <summary>The methods whose calls or own times per profile are different in two selections, the largest difference of time
    /// first. Files and lines are left out: they change with the version.</summary>
    public static Question Difference(Selection before, Selection after, int most) => new($"""
        with sides as (
            select profile_id, profiles, 'before' as side from profiles where {before.Condition}
            union all select profile_id, profiles, 'after' as side from profiles where {after.Condition}),
        counts as (
            select sum(profiles) filter (where side = 'before') as before, sum(profiles) filter (where side = 'after') as after from sides),
        sums as (
            select m.name,
                coalesce(sum(m.calls) filter (where s.side = 'before'), 0) as calls_before,
                coalesce(sum(m.calls) filter (where s.side = 'after'), 0) as calls_after,
                coalesce(sum(m.self_ns) filter (where s.side = 'before'), 0) as self_before,
                coalesce(sum(m.self_ns) filter (where s.side = 'after'), 0) as self_after
            from methods m join sides s using (profile_id)
            group by m.name)
        select name, calls_before / c.before as calls_before, calls_after / c.after as calls_after,
            self_before / c.before as self_ns_before, self_after / c.after as self_ns_after
        from sums cross join counts c
        where calls_before * c.after <> calls_after * c.before or self_before * c.after <> self_after * c.before
        order by abs(self_after / c.after - self_before / c.before) desc, abs(calls_after / c.after - calls_before / c.before) desc, name
        limit {most}
        """, [.. before.Values, .. after.Values]);

    /// <summary>The calls and times of a method, day by day.</summary>
    /// <param name="method">The end of its name, from a dot on, or all of it.</param>
    public static Question Trend(Selection of, string method) => new($"""
        with chosen as (select profile_id, service, day, profiles from profiles where {of.Condition}),
        days as (select service, day, sum(profiles) as profiles from chosen group by service, day)
        select d.service, d.day, m.name, d.profiles, sum(m.profiles) as profiles_with_it, sum(m.calls) as calls,
            sum(m.calls) / d.profiles as calls_per_profile, sum(m.self_ns) / d.profiles as self_ns_per_profile,
            sum(m.total_ns) / d.profiles as total_ns_per_profile, max(m.slowest_ns) as slowest_ns
        from methods m join chosen c using (profile_id) join days d on d.service = c.service and d.day = c.day
        where m.name = ${of.Values.Count + 1} or ends_with(m.name, ${of.Values.Count + 2})
        group by d.service, d.day, d.profiles, m.name
        order by d.service, m.name, d.day
        """, [.. of.Values, method, $".{method}"]);

    /// <summary>What the clocks of some profiles measure. Times of different kinds are not alike.</summary>
    public static Question Clocks(Selection of) => new($"select distinct {Selection.ClockKind} from profiles where {of.Condition} order by all", of.Values);

    /// <summary>How many profiles are meant.</summary>
    public static Question Count(Selection of) => new($"select count(*) from profiles where {of.Condition}", of.Values);
}
