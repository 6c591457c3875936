#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>How a woven module is known from others.</summary>
static class WovenModule
{
    /// <summary>The class that holds the method table.</summary>
    public const string MarkerType = "<ProfilerWeaver>";
}
