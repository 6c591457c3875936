namespace ProfilerWeaver.Tool;

/// <summary>What the browser's <c>help</c> tells.</summary>
static class BrowserHelp
{
    const string Leave = "Leave the profile browser.";

    const string Arguments = """
        Arguments may be:
        * An integer maximum number of entries to print.
        * A decimal fractional number between 0 and 1, controlling
          what fraction of selected entries to print.
        * A regular expression; only entries with function names
          that match it are printed.
        """;

    // In the order in which they are listed.
    static readonly KeyValuePair<string, string>[] Topics =
    [
        new("EOF", Leave),
        new("add", "Add profile info from given file to current statistics object."),
        new("callees", "Print callees statistics from the current stat object.\n" + Arguments),
        new("callers", "Print callers statistics from the current stat object.\n" + Arguments),
        new("help", "Show help for a given command."),
        new("quit", Leave),
        new("read", "Read in profile data from a specified file.\nWithout argument, reload the current file."),
        new("reverse", "Reverse the sort order of the profiling report."),
        new("sort", "Sort profile data according to specified keys.\n(Typing `sort' without arguments lists valid keys.)"),
        new("stats", "Print statistics from the current stat object.\n" + Arguments),
        new("strip", "Strip leading path information from filenames in the report."),
    ];

    /// <summary>Every command.</summary>
    public static IEnumerable<string> Commands => Topics.Select(topic => topic.Key);

    public static void Print(string topic, TextWriter output)
    {
        if (topic.Length == 0)
        {
            PrintCommands(output);
            return;
        }
        var text = Topics.FirstOrDefault(known => known.Key == topic).Value ?? "*** No help on " + Printable.Text(topic);
        foreach (var line in text.Split('\n'))
            output.WriteLine(line.TrimEnd('\r'));
    }

    static void PrintCommands(TextWriter output)
    {
        const string heading = "Documented commands (type help <topic>):";
        output.WriteLine();
        output.WriteLine(heading);
        output.WriteLine(new string('=', heading.Length));
        output.WriteLine(string.Join("  ", Commands));
        output.WriteLine();
    }
}
