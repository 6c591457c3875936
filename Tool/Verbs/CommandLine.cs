using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>The verbs besides <c>run</c>, and the help for all.</summary>
static class CommandLine
{
    /// <summary>The verbs that are parsed here.</summary>
    public static readonly string[] Verbs = ["weave", "stats", "browse"];

    public static int Invoke(string[] arguments)
    {
        var root = new RootCommand("Profiles .NET programs.");
        return root.Parse(arguments).Invoke();
    }
}
