#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>What packages tell <c>dotnet-prof</c>, and no user does: to weave a copy of a program and to keep it while they run it.</summary>
static class HoldCommand
{
    /// <summary>A program.</summary>
    public const string Program = "hold";

    /// <summary>A test project, whose tests are measured each.</summary>
    public const string Tests = "hold-tests";
}
