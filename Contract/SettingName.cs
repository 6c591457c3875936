#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The settings that a woven module carries along for the time when it runs; they are attributes in
/// <c>FodyWeavers.xml</c>, too.</summary>
static class SettingName
{
    public const string AutoStart = "AutoStart";
    public const string Subcalls = "Subcalls";
    public const string Clock = "Clock";
    public const string SampleInterval = "SampleInterval";
    public const string Compensate = "Compensate";
    public const string Checkpoint = "Checkpoint";
    public const string MemoryLimit = "MemoryLimit";
    public const string Output = "Output";
    public const string Control = "Control";
}
