using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof browse</c>: browses saved profiles, as <c>python -m pstats</c> does.</summary>
sealed class BrowseVerb() : Verb("browse", "dotnet prof browse app.prof")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("Profiles to read; the first is loaded, the others are added.", ArgumentArity.ZeroOrMore);
        var command = new Command(Name, "Browse saved profiles, as in python -m pstats.") { files };
        command.SetAction(parsed =>
        {
            var profiles = parsed.GetValue(files) ?? [];
            foreach (var file in profiles)
                SavedProfile.Check(file);
            return StatisticsBrowser.Run(profiles);
        });
        return command;
    }
}
