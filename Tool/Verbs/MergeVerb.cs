using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof merge</c>: many profiles as one.</summary>
sealed class MergeVerb() : Verb("merge",
    "dotnet prof merge -o week.prof monday.prof tuesday.prof",
    "dotnet prof merge -o all.prof 'profiles/**/*.prof' --label version=1.4")
{
    const long DefaultMemory = 512L << 20;

    // What is read and what is written beside the trees.
    const int ShareOfTrees = 2;

    public override Command Create()
    {
        var files = CommandSymbol.Files("The profiles, or patterns such as 'profiles/**/*.prof'.", ArgumentArity.OneOrMore);
        var output = CommandSymbol.Named(new Option<string>("--outfile", "-o")
        {
            Description = "Where to write the merged profile.",
            HelpName = "FILE",
            Required = true,
        });
        var labels = CommandSymbol.Named(new Option<string[]>("--label")
        {
            Description = "Put all profiles below a scope with this label; stats --scope selects it. Can be repeated.",
            HelpName = "KEY=VALUE",
        });
        var memory = new Option<long>("--memory")
        {
            Description = "How much memory to use before turning to a temporary folder. Default: 512MiB.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => DefaultMemory,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Quantity.ReadSize(text) is { } known)
                    return known;
                result.AddError($"option --memory: expected a size such as 512MiB (units: KiB, MiB, GiB), not {PythonText.Repr(text)}.");
                return 0;
            },
        };
        var strict = new Option<bool>("--strict") { Description = "Fail if a file cannot be merged, instead of leaving it out." };
        var command = new Command(Name, "Merge any number of profiles into one.") { files, output, labels, memory, strict };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(output);
            var names = parsed.GetRequiredValue(files);
            var guard = new OverwriteGuard(target);
            guard.Check(names);
            var inputs = ProfilePattern.Expand(names, guard.IsOutput);
            var label = Label(parsed.GetValue(labels) ?? []);
            using var merge = new ProfileMerge(parsed.GetValue(memory) / ShareOfTrees);
            using (var progress = Progress.Start("Merging", inputs.Count))
            {
                // The first that says what it records: the others are compared with it.
                string? first = null;
                foreach (var input in inputs)
                {
                    Add(merge, input, ref first, label, parsed.GetValue(strict));
                    progress.Advance(Path.GetFileName(input));
                }
            }
            if (merge.Count == 0)
                throw new ToolException("none of the files could be merged; there is nothing to write.");
            ProfFile.Write(merge, target);
            Messages.WriteLine($"dotnet-prof: {Printable.Text(target)} has {merge.Count} of {inputs.Count} profiles.");
        });
        return command;
    }

    static void Add(ProfileMerge merge, string input, ref string? first, ScopeName? label, bool isStrict)
    {
        try
        {
            var profile = ProfFile.Read(SavedProfile.Find(input)).Recording
                ?? throw new ToolException($"{input} has a table of methods only, without the call tree that is merged.");
            merge.Add(profile, label);
            if (MeasuredKind.Of(profile).Clock is not null)
                first ??= input;
        }
        catch (Exception e) when (e is InvalidProfileException or InvalidOperationException or ToolException)
        {
            var reason = e is InvalidOperationException ? $"{input} cannot be merged with {first ?? "those before it"}: {e.Message}." : e.Message;
            if (isStrict)
                throw new ToolException(reason, cause: e);
            Messages.WriteLine($"dotnet-prof: warning: left out: {Printable.Text(reason)}");
        }
    }

    static ScopeName? Label(string[] labels)
    {
        if (labels.Length == 0)
            return null;
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var label in labels)
        {
            var end = label.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0)
                throw new ToolException($"option --label: expected KEY=VALUE, for example version=1.4, not {PythonText.Repr(label)}.", ToolException.Usage);
            pairs.Add(new(label[..end], label[(end + 1)..]));
        }
        return new("merged", [.. pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal)]);
    }
}
