namespace ProfilerWeaver;

/// <summary>
/// The settings that matter while the program runs: those that its module was woven with, overridden by environment
/// variables.
/// </summary>
sealed class RunSettings
{
    const string DefaultOutput = "{name}.prof";

    /// <summary>Whether the program is recorded from its first woven method on.</summary>
    public bool AutoStart { get; private set; } = true;

    /// <summary>Whether callers are told apart; otherwise only flat rows are recorded.</summary>
    public bool Subcalls { get; private set; } = true;

    /// <summary>Whether calls of methods outside the woven assemblies are recorded, where they were woven.</summary>
    public bool Builtins { get; private set; } = true;

    /// <summary>The output's path, with placeholders (<see cref="OutputPath"/>).</summary>
    public string Output { get; private set; } = DefaultOutput;

    /// <summary>Reads the settings of a module, then the environment.</summary>
    /// <param name="woven">One <c>Name=value</c> a line. The weaver has validated them; a name that is not known here
    /// belongs to a newer weaver and changes nothing.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static RunSettings Read(string woven, Func<string, string?> environment)
    {
        var settings = new RunSettings();
        foreach (var line in woven.Split('\n'))
        {
            var separator = line.IndexOf('=');
            if (separator > 0)
                settings.Set(line.Substring(0, separator), line.Substring(separator + 1));
        }
        if (environment("PROFILERWEAVER") is { Length: > 0 } onOrOff)
            settings.AutoStart = ReadSwitch("PROFILERWEAVER", onOrOff, settings.AutoStart);
        if (environment("PROFILERWEAVER_BUILTINS") is { Length: > 0 } builtins)
            settings.Builtins = ReadSwitch("PROFILERWEAVER_BUILTINS", builtins, settings.Builtins);
        if (environment("PROFILERWEAVER_OUTPUT") is { Length: > 0 } output)
            settings.Output = output;
        return settings;
    }

    void Set(string name, string value)
    {
        switch (name)
        {
            case nameof(AutoStart): AutoStart = value == "true"; break;
            case nameof(Subcalls): Subcalls = value == "true"; break;
            case nameof(Output): Output = value; break;
        }
    }

    static bool ReadSwitch(string variable, string text, bool otherwise)
    {
        if (text is "0" or "1")
            return text == "1";
        Complaint.Once($"{variable}={text} is not known: expected 0 (do not record) or 1 (record)");
        return otherwise;
    }
}
