namespace ProfilerWeaver;

/// <summary>
/// The settings that matter while the program runs: those that its module was woven with, overridden by environment
/// variables.
/// </summary>
sealed class RunSettings
{
    static readonly string[] Variables =
    [
        EnvironmentVariable.AutoStart, EnvironmentVariable.Builtins, EnvironmentVariable.Subcalls, EnvironmentVariable.Output,
        EnvironmentVariable.Clock, EnvironmentVariable.SampleInterval, EnvironmentVariable.Compensate, EnvironmentVariable.Checkpoint,
        EnvironmentVariable.MemoryLimit, EnvironmentVariable.Starter, EnvironmentVariable.Warm, EnvironmentVariable.StartAt,
        EnvironmentVariable.StopAfter, EnvironmentVariable.For, EnvironmentVariable.Control,
    ];

    /// <summary>Whether the program is recorded from its first woven method on.</summary>
    public bool AutoStart { get; private set; } = true;

    /// <summary>Whether to record callers; if not, only flat rows are recorded.</summary>
    public bool Subcalls { get; private set; } = true;

    /// <summary>Whether calls of methods outside the woven assemblies are recorded, where they were woven.</summary>
    public bool Builtins { get; private set; } = true;

    /// <summary>What is measured.</summary>
    public Clock Clock { get; private set; } = Clock.Wall;

    /// <summary>How often the threads are looked at if the clock is sampled.</summary>
    public TimeSpan SampleInterval { get; private set; } = Clock.DefaultSampleInterval;

    /// <summary>Whether what recording costs is taken off the times when the profile is read.</summary>
    public bool Compensate { get; private set; } = true;

    /// <summary>How often a fresh profile is written while the program runs; null: only when it ends.</summary>
    public TimeSpan? Checkpoint { get; private set; }

    /// <summary>How many bytes the recorder takes at most.</summary>
    public long MemoryLimit { get; private set; } = RecorderMemory.DefaultLimit;

    /// <summary>The output's path, with placeholders (<see cref="OutputPath"/>).</summary>
    public string Output { get; private set; } = Placeholder.DefaultOutput;

    /// <summary>The process that has started the program which the output is meant for; null if nobody says. Children of
    /// that program take outputs of their own, also when they begin after it has ended.</summary>
    public int? Starter { get; private set; }

    /// <summary>How long what is recorded is forgotten; null: from the start nothing is.</summary>
    public TimeSpan? Warm { get; private set; }

    /// <summary>The method before whose first call all is forgotten; null: nothing is.</summary>
    public string? StartAt { get; private set; }

    /// <summary>The method after whose first call nothing is recorded any more; null: everything is.</summary>
    public string? StopAfter { get; private set; }

    /// <summary>How long it is recorded; null: until the program ends.</summary>
    public TimeSpan? For { get; private set; }

    /// <summary>The folder in which <c>dotnet prof</c> looks for the process; empty: the user's own; <see cref="ControlText.Off"/>:
    /// it is not to be found.</summary>
    public string Control { get; private set; } = "";

    /// <summary>The same settings with another clock, if one is given.</summary>
    /// <param name="clock">Its name.</param>
    /// <param name="builtins">0 or 1; null: as here.</param>
    /// <param name="output">The absolute path of the profile.</param>
    /// <exception cref="ArgumentException">There is no such clock.</exception>
    public RunSettings With(string? clock, string? builtins, string output)
    {
        var settings = (RunSettings)MemberwiseClone();
        if (clock is not null)
            settings.Clock = ReadClock(clock) ?? throw new ArgumentException($"there is no clock {clock}: expected {ClockName.Choice}");
        if (builtins is not null)
            settings.Builtins = builtins == "1";
        settings.Output = output;
        return settings;
    }

    /// <summary>Reads the settings of a module, then the environment.</summary>
    /// <param name="woven">One <c>Name=value</c> a line. The weaver has validated them; a name that is not known here
    /// belongs to a newer weaver and changes nothing.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static RunSettings Read(string woven, Func<string, string?> environment)
    {
        var settings = new RunSettings();
        for (var start = 0; start < woven.Length;)
        {
            var end = Find('\n', start, woven.Length);
            var separator = Find('=', start, end);
            if (separator > start && separator < end)
                settings.Set(woven.Substring(start, separator - start), woven.Substring(separator + 1, end - separator - 1));
            start = end + 1;
        }
        foreach (var variable in Variables)
        {
            if (environment(variable) is { Length: > 0 } text)
                settings.Override(variable, text);
        }
        return settings;

        // .NET's IndexOf is made for vectors of every size, which would have to be loaded first.
        int Find(char character, int from, int to)
        {
            while (from < to && woven[from] != character)
                from++;
            return from;
        }
    }

    void Set(string name, string value)
    {
        switch (name)
        {
            case SettingName.AutoStart: AutoStart = value == SwitchText.On; break;
            case SettingName.Subcalls: Subcalls = value == SwitchText.On; break;
            case SettingName.Output: Output = value; break;
            case SettingName.Clock: Clock = ReadClock(value) ?? Clock; break;
            case SettingName.SampleInterval: SampleInterval = Quantity.ReadTime(value) ?? SampleInterval; break;
            case SettingName.Compensate: Compensate = value == SwitchText.On; break;
            case SettingName.Checkpoint when value.Length > 0: Checkpoint = Quantity.ReadTime(value); break;
            case SettingName.Control: Control = value; break;
            case SettingName.MemoryLimit: MemoryLimit = Quantity.ReadSize(value) ?? MemoryLimit; break;
        }
    }

    void Override(string variable, string text)
    {
        switch (variable)
        {
            case EnvironmentVariable.AutoStart: AutoStart = ReadSwitch(variable, text, AutoStart); break;
            case EnvironmentVariable.Builtins: Builtins = ReadSwitch(variable, text, Builtins); break;
            case EnvironmentVariable.Subcalls: Subcalls = ReadSwitch(variable, text, Subcalls); break;
            case EnvironmentVariable.Output: Output = text; break;
            case EnvironmentVariable.Clock:
                Clock = ReadClock(text) ?? Unknown(variable, text, ClockName.Choice, Clock);
                break;
            case EnvironmentVariable.SampleInterval:
                SampleInterval = Quantity.ReadTime(text) ?? Unknown(variable, text, "a time such as 1ms", SampleInterval);
                break;
            case EnvironmentVariable.Compensate: Compensate = ReadSwitch(variable, text, Compensate); break;
            case EnvironmentVariable.Checkpoint:
                Checkpoint = Quantity.ReadTime(text) ?? Unknown(variable, text, "a time such as 10s", Checkpoint);
                break;
            case EnvironmentVariable.Starter:
                Starter = ReadNumber(text) ?? Unknown(variable, text, "a process id", Starter);
                break;
            case EnvironmentVariable.StartAt: StartAt = text; break;
            case EnvironmentVariable.StopAfter: StopAfter = text; break;
            case EnvironmentVariable.Control: Control = text; break;
            case EnvironmentVariable.Warm:
                Warm = Quantity.ReadTime(text) ?? Unknown(variable, text, "a time such as 500ms", Warm);
                break;
            case EnvironmentVariable.For:
                For = Quantity.ReadTime(text) ?? Unknown(variable, text, "a time such as 10s", For);
                break;
            case EnvironmentVariable.MemoryLimit:
                MemoryLimit = Quantity.ReadSize(text) ?? Unknown(variable, text, "a size such as 256MiB", MemoryLimit);
                break;
        }
    }

    // .NET's own reading asks for the user's culture, which takes long to load.
    static int? ReadNumber(string text)
    {
        var number = 0L;
        foreach (var digit in text)
        {
            number = 10 * number + (digit - '0');
            if (digit is < '0' or > '9' || number > int.MaxValue)
                return null;
        }
        return (int)number;
    }

    static Clock? ReadClock(string name) => name switch
    {
        ClockName.Wall => Clock.Wall,
        ClockName.Cpu => Clock.ThreadCpu,
        ClockName.Allocations => Clock.Allocations,
        ClockName.None => Clock.None,
        ClockName.Sampled => Clock.Sampled,
        ClockName.SampledCpu => Clock.SampledCpu,
        _ => null,
    };

    static bool ReadSwitch(string variable, string text, bool otherwise) =>
        text is "0" or "1" ? text == "1" : Unknown(variable, text, "0 or 1", otherwise);

    static T Unknown<T>(string variable, string text, string expected, T otherwise)
    {
        Complaint.Once($"{variable}={text} is invalid and ignored: expected {expected}");
        return otherwise;
    }
}
