#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The values of the setting <c>Control</c>, unless it is a folder.</summary>
static class ControlText
{
    public const string On = "on";
    public const string Off = "off";
}
