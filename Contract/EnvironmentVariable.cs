#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The environment variables that a woven program obeys. They override the settings that it was woven with.</summary>
static class EnvironmentVariable
{
    /// <summary>1 or 0: whether the program is recorded from its first woven method on. MSBuild takes it for its property of the
    /// same name, which tells whether to weave.</summary>
    public const string AutoStart = "PROFILERWEAVER";

    public const string Builtins = AutoStart + "_BUILTINS";
    public const string Subcalls = AutoStart + "_SUBCALLS";
    public const string Output = AutoStart + "_OUTPUT";
    public const string Clock = AutoStart + "_CLOCK";
    public const string SampleInterval = AutoStart + "_SAMPLEINTERVAL";
    public const string Compensate = AutoStart + "_COMPENSATE";
    public const string Checkpoint = AutoStart + "_CHECKPOINT";
    public const string MemoryLimit = AutoStart + "_MEMORYLIMIT";

    /// <summary>How long the program runs before its profile begins.</summary>
    public const string Warm = AutoStart + "_WARM";

    /// <summary>The method with whose first call its profile begins.</summary>
    public const string StartAt = AutoStart + "_STARTAT";

    /// <summary>The method with the end of whose first call its profile ends.</summary>
    public const string StopAfter = AutoStart + "_STOPAFTER";

    /// <summary>How long its profile lasts.</summary>
    public const string For = AutoStart + "_FOR";

    /// <summary>The process that has started the program which the output is meant for.</summary>
    public const string Starter = AutoStart + "_STARTER";

    /// <summary>The folder in which the process is found while it runs; or that it is not.</summary>
    public const string Control = AutoStart + "_CONTROL";

    /// <summary>0 forbids the processor's time-stamp counter; 1 takes it where the system does not vouch for it.</summary>
    public const string CycleCounter = AutoStart + "_TSC";
}
