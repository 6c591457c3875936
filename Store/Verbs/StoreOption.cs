using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary>Options that several verbs have.</summary>
static class StoreOption
{
    /// <summary>What <see cref="Cache"/> is by default.</summary>
    public const long DefaultCache = 4L << 30;

    /// <summary>What <see cref="MemoryToCompact"/> is by default.</summary>
    public const long DefaultMemoryToCompact = StoreDatabase.DefaultMemory / 2;

    /// <summary>Which store.</summary>
    public static Option<string> Store() => new("--store")
    {
        Description = "The store: a folder, or s3://BUCKET/PREFIX.",
        HelpName = "STORE",
        Required = true,
    };

    /// <summary>How much memory the engine may take.</summary>
    public static Option<long?> Memory() => Size("--memory",
        "How much memory DuckDB may take before it turns to temporary files. Default: 1GiB.");

    /// <summary>The same where files become one, which is done on machines with other work.</summary>
    public static Option<long?> MemoryToCompact() => Size("--memory",
        "How much memory DuckDB may take before it turns to temporary files. Default: 512MiB.");

    /// <summary>How much may be kept here of what is elsewhere.</summary>
    public static Option<long?> Cache() => Size("--cache",
        "How much of stores at s3:// may be kept on this machine. Default: 4GiB.");

    /// <summary>Which profiles.</summary>
    public static Option<string[]> Where() => new("--where")
    {
        Description = "Only profiles with this: service, day, version, program, clock, profile_id, or a label. Can be repeated.",
        HelpName = "KEY=VALUE",
    };

    /// <summary>How many rows.</summary>
    public static Option<int> Rows() => new("--rows", "-n")
    {
        Description = "How many rows.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 20,
    };

    /// <summary>As what the answer is printed.</summary>
    public static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            Description = "How the answer is printed.",
            HelpName = string.Join('|', AnswerFormats.Names),
            DefaultValueFactory = _ => AnswerFormats.Names[0],
        };
        format.AcceptOnlyFromAmong(AnswerFormats.Names);
        return format;
    }

    // What it is by default is in the description: the help would show a number of bytes.
    static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Quantity.ReadSize(text) is { } known)
                return known;
            result.AddError($"option {name}: expected a size such as 512MiB (units: KiB, MiB, GiB), not {PythonText.Repr(text)}.");
            return null;
        },
    };
}
