namespace ProfilerWeaver;

/// <summary>Several recordings as one profile, which has the threads of all, one after the other. They must have been
/// measured with the same clock; the calibration of the last part that has one, which had the longest base, holds for all.</summary>
sealed class CombinedProfile(IReadOnlyList<ProfileSource> parts) : ProfileSource
{
    /// <summary>The parts as one; a single part as it is.</summary>
    public static ProfileSource Of(IReadOnlyList<ProfileSource> parts) => parts.Count == 1 ? parts[0] : new CombinedProfile(parts);

    public override ProfileData Facts => Combine(part => part.Facts);

    public override bool IsLinked => parts.Any(part => part.IsLinked);

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        var shifted = new Shifted(visitor);
        var methods = new List<MethodLabel>();
        var facts = Combine(part =>
        {
            shifted.BeginPart(methods.Count);
            var facts = part.Visit(shifted);
            methods.AddRange(facts.Methods);
            return facts;
        });
        return facts with { Methods = methods };
    }

    ProfileData Combine(Func<ProfileSource, ProfileData> factsOf)
    {
        ProfileData? all = null;
        foreach (var part in parts)
        {
            var facts = factsOf(part);
            all = all is null ? facts : facts with
            {
                // Nobody has measured it if the process was killed in the midst of the last part.
                Overhead = facts.Overhead is { CallTicks: 0, LeastTicks: 0 } ? all.Overhead : facts.Overhead,
                StartedUtc = all.StartedUtc,
                Duration = all.Duration + facts.Duration,
                JitTime = all.JitTime + facts.JitTime,
                GcPauseTime = all.GcPauseTime + facts.GcPauseTime,
                InterruptedCalls = all.InterruptedCalls is { } calls
                    ? calls + (facts.InterruptedCalls ?? 0)
                    : facts.InterruptedCalls,
            };
        }
        return all is null
            ? new() { Methods = [], Threads = [], SecondsPerTick = 1, Program = ThisProcess.Name }
            : all with { Methods = [], Threads = [] };
    }

    /// <summary>Numbers threads and methods of one part behind those of the parts before.</summary>
    sealed class Shifted(ProfileVisitor visitor) : ProfileVisitor
    {
        int threads;
        int firstMethod;
        int firstKey;
        int lastKey;

        /// <summary>Begins a part.</summary>
        /// <param name="first">The index of its first method.</param>
        public void BeginPart(int first) => (firstMethod, firstKey) = (first, lastKey);

        public override void BeginThread(int id, string name) => visitor.BeginThread(++threads, name);

        public override void BeginTree(bool isTruncated) => visitor.BeginTree(isTruncated);

        public override void Enter(int method, in ContextFigures figures)
        {
            var index = method < 0 ? method : method + firstMethod;
            if ((figures.Async.Key | figures.Async.Continues) == 0)
            {
                visitor.Enter(index, figures);
                return;
            }
            var shifted = figures;
            shifted.Async.Key = Shift(figures.Async.Key);
            shifted.Async.Continues = Shift(figures.Async.Continues);
            visitor.Enter(index, shifted);
        }

        int Shift(int key)
        {
            if (key == 0)
                return 0;
            lastKey = Math.Max(lastKey, firstKey + key);
            return firstKey + key;
        }

        public override void Leave() => visitor.Leave();

        public override void EndTree() => visitor.EndTree();
    }
}
