using System.Text;

namespace ProfilerWeaver.Weaving;

/// <summary>Settings of the weaver and of the woven program: the attributes of the element
/// <c>&lt;ProfilerWeaver /&gt;</c> in <c>FodyWeavers.xml</c>.</summary>
public sealed record WeaverSettings
{
    /// <summary>Which calls of methods outside the woven assemblies to record.</summary>
    public BuiltinCalls Builtins { get; init; } = BuiltinCalls.NotInlined;

    /// <summary>Whether to record callers; if not, only flat rows are recorded, which is cheaper.</summary>
    public bool Subcalls { get; init; } = true;

    /// <summary>Whether the woven program is recorded from its first woven method on.</summary>
    public bool AutoStart { get; init; } = true;

    /// <summary>Where the profile is written; <c>{name}</c>, <c>{pid}</c> and <c>{time}</c> stand for the program, the
    /// process and the time of its start.</summary>
    public string Output { get; init; } = Placeholder.DefaultOutput;

    /// <summary>What is measured: <c>wall</c> (elapsed time), <c>cpu</c>, <c>allocations</c>, <c>none</c>, or a time that is
    /// sampled: <c>sampled</c>, <c>sampled-cpu</c>.</summary>
    public string Clock { get; init; } = ClockName.Wall;

    /// <summary>How often the threads are looked at if the clock is sampled, as a number and a unit (<c>1ms</c>).</summary>
    public string SampleInterval { get; init; } = "1ms";

    /// <summary>Whether to subtract the recording overhead when a profile is read.</summary>
    public bool Compensate { get; init; } = true;

    /// <summary>How often a running program rewrites its profile, as a number and a unit (<c>10s</c>); empty for only at
    /// exit.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>The recorder's memory limit, as a number and a unit (<c>256MiB</c>).</summary>
    public string MemoryLimit { get; init; } = "256MiB";

    /// <summary>Patterns of the methods to weave (see <c>NameFilter</c>); empty: all of them.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of the methods not to weave, and of external methods whose calls are not recorded.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Methods with fewer IL instructions than this are not woven.</summary>
    public int MinimumInstructions { get; init; }

    /// <summary>Whether to weave compiler-generated methods without source lines, such as accessors of
    /// auto-properties.</summary>
    public bool CompilerGenerated { get; init; } = true;

    /// <summary>Whether to weave trivial methods: compiler-generated ones and those of a few instructions that call
    /// nothing.</summary>
    public bool Trivial { get; init; } = true;

    /// <summary>Whether <c>dotnet prof</c> finds the program while it runs: <see cref="ControlText.On"/>,
    /// <see cref="ControlText.Off"/>, or in which folder.</summary>
    public string Control { get; init; } = ControlText.On;

    /// <summary>Where to write the table of woven and skipped methods; empty for nowhere.</summary>
    public string Report { get; init; } = "";

    /// <summary>The simple names of assemblies that are woven along with this one, though what lies in the search
    /// folders may not be woven yet: their methods record themselves, so calls of them need no record. No
    /// attribute.</summary>
    internal IReadOnlyCollection<string> WovenAlong { get; init; } = [];

    /// <summary>Whether the woven assembly is going to be loaded in place of the original, from another folder; its code
    /// is then told the original's path. No attribute.</summary>
    internal bool InPlaceOfOriginal { get; init; }

    /// <summary>The path of the library that measures each test (<see cref="TestMember"/>); null: tests are methods like others. No
    /// attribute.</summary>
    internal string? TestHost { get; init; }

    /// <summary>What the runtime library needs to know, one <c>Name=value</c> a line.</summary>
    internal string ForRuntime()
    {
        var text = new StringBuilder();
        Add(SettingName.AutoStart, Text(AutoStart));
        Add(SettingName.Subcalls, Text(Subcalls));
        Add(SettingName.Clock, Clock);
        Add(SettingName.SampleInterval, SampleInterval);
        Add(SettingName.Compensate, Text(Compensate));
        Add(SettingName.Checkpoint, Checkpoint);
        Add(SettingName.MemoryLimit, MemoryLimit);
        Add(SettingName.Output, Output);
        if (Control != ControlText.On)
            Add(SettingName.Control, Control);
        return text.ToString();

        void Add(string name, string value) => text.Append(name).Append('=').Append(value).Append('\n');

        static string Text(bool value) => value ? SwitchText.On : SwitchText.Off;
    }
}
