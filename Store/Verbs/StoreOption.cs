using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary>Options that several verbs have.</summary>
static class StoreOption
{
    /// <summary>Which store.</summary>
    public static Option<string> Store() => new("--store")
    {
        Description = "The folder of the store.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>Which profiles.</summary>
    public static Option<string[]> Where() => new("--where")
    {
        Description = "Only profiles with this: service, day, version, program, clock, profile_id, or a label. Can be repeated.",
        HelpName = "KEY=VALUE",
    };

    /// <summary>How many rows.</summary>
    public static Option<int> Rows() => new("--rows", "-n")
    {
        Description = "How many rows. Default: 20.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 20,
    };

    /// <summary>As what the answer is printed.</summary>
    public static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            Description = "How the answer is printed. Default: table.",
            HelpName = string.Join('|', AnswerFormats.Names),
            DefaultValueFactory = _ => AnswerFormats.Names[0],
        };
        format.AcceptOnlyFromAmong(AnswerFormats.Names);
        return format;
    }
}
