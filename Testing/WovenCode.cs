namespace ProfilerWeaver;

/// <summary>Tells a test that calls nothing from one whose calls cannot be counted.</summary>
static class WovenCode
{
    /// <summary>Sees to it that an expectation that allows for no calls does not hold just because none are counted.</summary>
    /// <exception cref="UnknownMethodException">The profile is empty, and nothing woven has run in this process.</exception>
    public static void MustHaveRun(GatedProfile profile)
    {
        if (profile.IsEmpty && !HasRun())
            throw new UnknownMethodException("No call is counted, because nothing that has run is woven: build with -c Release-Profiled.");
    }

    static bool HasRun()
    {
        var methods = ModuleTables.ReadAll();
        return Enumerable.Range(0, methods.Count).Any(method => !methods.IsMeasurement(method) && !ScopeName.Is(methods.Label(method)));
    }
}
