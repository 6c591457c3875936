using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof merge</c>: many profiles as one.</summary>
sealed class MergeVerb() : Verb("merge",
    "dotnet prof merge -o week.prof monday.prof tuesday.prof",
    "dotnet prof merge -o all.prof 'profiles/**/*.prof' --label version=1.4")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("The profiles, or patterns such as 'profiles/**/*.prof'.", ArgumentArity.OneOrMore);
        var output = CommandSymbol.OnlyProf(CommandSymbol.Named(new Option<string>("--outfile", "-o")
        {
            Description = "Where to write the merged profile.",
            HelpName = "FILE",
            Required = true,
        }));
        var labels = LabelOption.Create("Put all profiles below a scope with this label; stats --scope selects it. Can be repeated.");
        var by = CommandSymbol.Named(new Option<string[]>("--by")
        {
            Description = $"Label each profile with this fact of its run: {string.Join(", ", RunFact.Names)}. Can be repeated.",
            HelpName = "FACT",
        }.AcceptOnlyFromAmong([.. RunFact.Names]));
        var memory = CommandSymbol.Size("--memory", "How much memory to use before turning to a temporary folder. Default: 512MiB.");
        var strict = new Option<bool>("--strict") { Description = "Fail if a file cannot be merged, instead of leaving it out." };
        var command = new Command(Name, "Merge any number of profiles into one.") { files, output, labels, by, memory, strict };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(output);
            var names = parsed.GetRequiredValue(files);
            var guard = new OverwriteGuard(target);
            guard.Check(names);
            var inputs = ProfilePattern.Expand(names, guard.IsOutput);
            var options = new MergeOptions
            {
                Labels = LabelOption.Read(parsed.GetValue(labels)),
                By = parsed.GetValue(by) ?? [],
                LeftOut = parsed.GetValue(strict) ? null : (_, why) => LeftOut(why),
            };
            if (parsed.GetValue(memory) is { } limit)
                options = options with { MemoryLimit = limit };
            var count = Merge(inputs, target, options);
            Messages.WriteLine($"dotnet-prof: {Printable.Text(target)} has {count} of {inputs.Count} profiles.");
        });
        return command;
    }

    static int Merge(IReadOnlyList<string> inputs, string target, MergeOptions options)
    {
        using var progress = Progress.Start("Merging", inputs.Count);
        try
        {
            return Profiles.Merge(Found(inputs, isStrict: options.LeftOut is null, progress), target, options);
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    static IEnumerable<string> Found(IReadOnlyList<string> inputs, bool isStrict, Progress progress)
    {
        foreach (var input in inputs)
        {
            if (Found(input, isStrict) is { } file)
                yield return file;
            progress.Advance(Path.GetFileName(input));
        }
    }

    static string? Found(string input, bool isStrict)
    {
        try
        {
            return SavedProfile.Find(input);
        }
        catch (Exception e) when (!isStrict && e is ToolException or IOException or UnauthorizedAccessException && !OpenFileLimit.IsReached(e))
        {
            LeftOut(e);
            return null;
        }
    }

    static void LeftOut(Exception why) => Messages.WriteLine($"dotnet-prof: warning: left out: {Printable.Text(why.Message)}");
}
