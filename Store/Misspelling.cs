using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary>Finds what is misspelt in a command line, of which the library says only what is missing.</summary>
static class Misspelling
{
    /// <returns>What there is not, and what may be meant; null if all is known.</returns>
    public static string? In(string[] arguments, ParseResult parsed)
    {
        var verbs = parsed.RootCommandResult.Command.Subcommands.Select(verb => verb.Name).ToArray();
        if (arguments is [var first, ..] && !first.StartsWith('-') && !verbs.Contains(first))
            return $"there is no command {first}: {Meant(first, verbs)}";
        var options = parsed.CommandResult.Command.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToArray();
        var unknown = arguments.TakeWhile(argument => argument != "--").Select(argument => argument.Split('=')[0])
            .FirstOrDefault(argument => argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2 && !options.Contains(argument));
        return unknown is null ? null : $"there is no option {unknown}: {Meant(unknown, options.Where(option => option.StartsWith("--", StringComparison.Ordinal)))}";
    }

    static string Meant(string text, IEnumerable<string> names) => NearestNames.Of(text, names) is [var nearest, ..]
        ? $"did you mean {nearest}?"
        : $"choose from {string.Join(", ", names)}.";
}
