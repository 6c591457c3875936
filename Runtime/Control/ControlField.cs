namespace ProfilerWeaver;

/// <summary>The commands that a woven process takes, and the names of fields.</summary>
static class ControlField
{
    public const string Status = "status";
    public const string Start = "start";
    public const string Stop = "stop";
    public const string Dump = "dump";
    public const string Clear = "clear";

    public const string Program = "program";
    public const string Process = "pid";

    /// <summary><see cref="Asleep"/>, <see cref="Recording"/>, <see cref="Measured"/>,
    /// <see cref="Unwritten"/> or <see cref="ByProgram"/>; <see cref="Silent"/> if it does not say.</summary>
    public const string State = "state";
    public const string Asleep = "asleep";
    public const string Recording = "recording";

    /// <summary>It records for measurements of parts of the program only, and ends with the last of them.</summary>
    public const string Measured = "measured";

    /// <summary>It was stopped, and its profile could not be written.</summary>
    public const string Unwritten = "not written";

    /// <summary>The program uses a profile of its own, which nobody else may end.</summary>
    public const string ByProgram = "recording by itself";

    /// <summary>It does not answer: it is suspended, or busy with another command.</summary>
    public const string Silent = "no answer";

    public const string Clock = "clock";

    /// <summary>0 or 1.</summary>
    public const string Builtins = "builtins";

    /// <summary>How long to record, in milliseconds.</summary>
    public const string For = "for";

    /// <summary>The absolute path of a profile.</summary>
    public const string Output = "output";

    /// <summary>Why the profile could not be written.</summary>
    public const string Problem = "problem";

    /// <summary>Calls that have ended.</summary>
    public const string Calls = "calls";

    /// <summary>Bytes that the recorder takes.</summary>
    public const string Memory = "memory";

    /// <summary>When the recording began, in units of 100 ns since 0001-01-01 UTC.</summary>
    public const string Since = "since";

    /// <summary>The version of the recorder.</summary>
    public const string Version = "version";
}
