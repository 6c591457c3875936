using System.Globalization;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What of a program is woven, and how.</summary>
sealed class WeavingChoice
{
    /// <summary>Patterns of names of dependencies to weave.</summary>
    public List<string> Assemblies { get; } = [];

    /// <summary>Patterns of the methods to weave; none: all of them.</summary>
    public List<string> Include { get; } = [];

    /// <summary>Patterns of the methods not to weave.</summary>
    public List<string> Exclude { get; } = [];

    public int MinimumInstructions { get; set; }

    public BuiltinCalls Builtins { get; set; } = BuiltinCalls.NotInlined;

    public bool Trivial { get; set; } = true;

    public bool Subcalls { get; set; } = true;

    /// <summary>Whether each test is measured apart.</summary>
    public bool Tests { get; set; }

    /// <summary>Whether assemblies that had machine code get some again.</summary>
    public bool IsPrecompiled { get; private init; }

    /// <summary>The same choice, with machine code.</summary>
    public WeavingChoice Precompiled()
    {
        var choice = new WeavingChoice
        {
            MinimumInstructions = MinimumInstructions,
            Builtins = Builtins,
            Trivial = Trivial,
            Subcalls = Subcalls,
            Tests = Tests,
            IsPrecompiled = true,
        };
        choice.Assemblies.AddRange(Assemblies);
        choice.Include.AddRange(Include);
        choice.Exclude.AddRange(Exclude);
        return choice;
    }

    /// <summary>The options of <c>run</c> that say the same, without machine code.</summary>
    public IEnumerable<string> Arguments() =>
    [
        .. Assemblies.SelectMany(pattern => (string[])["--weave", pattern]),
        .. Include.SelectMany(pattern => (string[])["--include", pattern]),
        .. Exclude.SelectMany(pattern => (string[])["--exclude", pattern]),
        "--min-instructions", MinimumInstructions.ToString(CultureInfo.InvariantCulture),
        "--builtins", SettingsReader.Builtins.First(known => known.Value == Builtins).Key,
        .. Trivial ? (string[])[] : ["--no-trivial"],
        .. Subcalls ? (string[])[] : ["--no-subcalls"],
    ];

    /// <summary>The patterns in the value of an option.</summary>
    public static string[] Patterns(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What the weaver is told.</summary>
    public WeaverSettings ToSettings() => new()
    {
        Builtins = Builtins,
        Trivial = Trivial,
        Subcalls = Subcalls,
        Include = Include,
        Exclude = Exclude,
        MinimumInstructions = MinimumInstructions,
        TestHost = Tests ? RuntimeLibrary.TestHost : null,
    };

    /// <summary>What another choice differs in.</summary>
    public override string ToString() => string.Join(';', Assemblies) + "|" + string.Join(';', Include) + "|" +
        string.Join(';', Exclude) + "|" + MinimumInstructions.ToString(CultureInfo.InvariantCulture) + "|" + Builtins + "|" + Trivial + "|" +
        Subcalls + (Tests ? "|tests" : "") + (IsPrecompiled ? "|precompiled|" + Frameworks.InstalledCores() : "");
}
