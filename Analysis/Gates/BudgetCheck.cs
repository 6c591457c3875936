using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Compares budgets with profiles of the same program.</summary>
/// <param name="file">The name of the file of budgets.</param>
/// <param name="profiles">The profiles; counts must hold in each, times as medians.</param>
/// <param name="baseline">What baselines are taken from; null: there is none.</param>
sealed class BudgetCheck(string file, IReadOnlyList<GatedProfile> profiles, Baseline? baseline)
{
    public GateCheck Check(Budget budget)
    {
        try
        {
            var finding = budget.IsOfTime
                ? CheckTime(budget)
                : profiles.Select(profile => CheckCalls(budget, profile)).FirstOrDefault(found => found is not null);
            return new(file, budget.Text, finding is null ? [] : [finding]);
        }
        catch (UnknownMethodException e)
        {
            return new(file, budget.Text, [Found(budget, e.Message)]);
        }
    }

    Finding? CheckCalls(Budget budget, GatedProfile profile) => budget switch
    {
        { Kind: BudgetKind.NoNewMethods } => CheckNew(budget, profile),
        { IsOfBaseline: true } => CheckBaseline(budget, profile),
        { Per: not null } or { PerScope: not null } => CheckPer(budget, profile),
        _ => CheckCount(budget, profile),
    };

    Finding? CheckCount(Budget budget, GatedProfile profile)
    {
        if (budget.Subject is null)
            return budget.Holds(profile.Calls.TotalCalls, 1) ? null : Found(budget, $"it is {CallText.Calls(profile.Calls.TotalCalls)}.");
        var methods = Methods(budget, profile);
        var calls = profile.CallsOf(methods);
        return budget.Holds(calls, 1) ? null : Found(budget, $"it is {CallText.Calls(calls)}.", profile, methods, null);
    }

    Finding? CheckPer(Budget budget, GatedProfile profile)
    {
        var methods = Methods(budget, profile);
        var callers = budget.PerScope is { } label ? profile.FindScope(label) : profile.FindAny(budget.Per!);
        var (calls, callerCalls) = profile.CallsBelow(methods, callers);
        if (budget.Holds(calls, callerCalls))
            return null;
        var reason = $"it is {CallRatio.Text(calls, callerCalls)} ({CallText.Calls(calls)} in {CallText.Number(callerCalls)}).";
        return Found(budget, reason, profile, methods, callers);
    }

    Finding? CheckBaseline(Budget budget, GatedProfile profile)
    {
        var methods = budget.Subject is null ? null : profile.FindAny(budget.Subject);
        var before = methods is null ? Baseline(budget).Calls.TotalCalls : methods.Sum(Baseline(budget).Calls.CallsOf);
        var calls = methods is null ? profile.Calls.TotalCalls : profile.CallsOf(methods);
        if (budget.Holds(calls, before))
            return null;
        var reason = $"it is {Multiple(calls, before)}{CallText.Calls(calls)}, {CallText.Number(before)} before.";
        return methods is null ? Found(budget, reason) : Found(budget, reason, profile, methods, null);
    }

    Finding? CheckNew(Budget budget, GatedProfile profile)
    {
        var known = Baseline(budget).Calls;
        var added = profile.FindAny(budget.Subject!).Where(name => !known.Has(Printable.Text(name)) && !known.Has(name))
            .Order(StringComparer.Ordinal).ToArray();
        return added.Length == 0 ? null : Found(budget, added.Length == 1 ? "1 method is new." : $"{added.Length} methods are new.") with
        {
            Details = [.. added.Select(name => $"{CallText.Calls(profile.Calls.CallsOf(name))} of {Printable.Text(name)}")],
            Method = profile.LabelOf(added[0]),
        };
    }

    Finding? CheckTime(Budget budget)
    {
        var methods = profiles[0].FindAny(budget.Subject!);
        if (profiles[0].Unit != ClockUnit.Seconds)
            throw new UnknownMethodException("The profile has no times to compare with: its clock counts something else.");
        var time = new RunTimes([.. profiles.Select(profile => Time(budget, profile, methods))]).Median;
        if (!budget.IsOfBaseline)
            return budget.Holds((decimal)time, 1) ? null : OfTime($"it is {AutoUnits.Seconds(time)}.");
        var before = Time(budget, Baseline(budget).Profile ?? throw new UnknownMethodException(
            "The lock file has no times. Give a profile to compare with: --baseline FILE."), methods);
        return budget.Holds((decimal)time, (decimal)before)
            ? null
            : OfTime($"it is {Multiple(time, before)}{AutoUnits.Seconds(time)}, {AutoUnits.Seconds(before)} before.");

        Finding OfTime(string reason) => Found(budget, $"{reason} Times differ between machines and runs.") with
        {
            IsOfTime = true,
            Method = profiles[0].LabelOf(methods.Order(StringComparer.Ordinal).First()),
        };
    }

    static double Time(Budget budget, GatedProfile profile, IReadOnlySet<string> methods) =>
        budget.Kind == BudgetKind.SelfTime ? profile.SelfTime(methods) : profile.TotalTime(methods);

    static IReadOnlySet<string> Methods(Budget budget, GatedProfile profile) =>
        budget.AllowsNone ? profile.Find(budget.Subject!) : profile.FindAny(budget.Subject!);

    Baseline Baseline(Budget budget) => baseline ?? throw new UnknownMethodException(
        $"'{budget.Text}' compares with a baseline, and there is none. --update writes a lock file; or name a profile: --baseline FILE.");

    Finding Found(Budget budget, string reason) => new(Finding.BudgetRule, $"{budget.Text}: {reason}")
    {
        Source = (file, budget.Line),
    };

    Finding Found(Budget budget, string reason, GatedProfile profile, IReadOnlySet<string> methods, IReadOnlySet<string>? callers) =>
        Found(budget, reason) with
        {
            Details = CallTreeText.Of(profile, methods, callers),
            Method = Place(profile, callers) ?? Place(profile, methods),
        };

    static MethodLabel? Place(GatedProfile profile, IReadOnlySet<string>? methods) => methods?.Order(StringComparer.Ordinal)
        .Select(profile.LabelOf).FirstOrDefault(label => label is { IsExternal: false, Line: > 0 });

    static string Multiple(double now, double before) =>
        before > 0 ? string.Format(CultureInfo.InvariantCulture, "{0:G4} x baseline: ", now / before) : "";
}

/// <summary>What figures are compared with.</summary>
/// <param name="Calls">The methods and their callers.</param>
/// <param name="Profile">The profile they are from, with times; null: they are from a lock file.</param>
sealed record Baseline(CallGraph Calls, GatedProfile? Profile);
