#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The values of settings that are on or off.</summary>
static class SwitchText
{
    public const string On = "true";
    public const string Off = "false";
}
