using System.Globalization;

namespace CodeStats.CommandLine;

/// <summary>What the command line asks for.</summary>
sealed record Options
{
    const int UsualRows = 10;

    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: CodeStats [folder] [--top N] [--repeat N] [--threads N]

          folder       the folder with the C# sources (default: this program's repository)
          --top N      rows per list (default: 10)
          --repeat N   analyse the sources N times (default: enough for a run of a few seconds)
          --threads N  analyse N files in parallel (default: one per processor)
        """;

    public string? Folder { get; private init; }

    public int Top { get; private init; } = UsualRows;

    public int? Repeat { get; private init; }

    public int Threads { get; private init; } = Environment.ProcessorCount;

    public bool ShowsHelp { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It has an unknown option, or a value that is missing or no positive
    /// number.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var index = 0; index < arguments.Count; index++)
        {
            options = arguments[index] switch
            {
                "--help" or "-h" => options with { ShowsHelp = true },
                "--top" => options with { Top = NumberAfter(index++) },
                "--repeat" => options with { Repeat = NumberAfter(index++) },
                "--threads" => options with { Threads = NumberAfter(index++) },
                ['-', ..] unknown => throw new UsageException($"unknown option '{unknown}'"),
                var folder when options.Folder is null => options with { Folder = folder },
                var second => throw new UsageException($"expected only one folder, but found '{second}' as well"),
            };
        }
        return options;

        int NumberAfter(int index) => PositiveNumber(arguments[index], arguments.ElementAtOrDefault(index + 1));
    }

    static int PositiveNumber(string option, string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UsageException($"{option} expects a number of at least 1, not '{value}'");
}
