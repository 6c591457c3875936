using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store add</c>: puts profiles into a store.</summary>
static class AddVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Profiles, or folders with .prof files in them, at any depth.", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string>("--to") { Description = "The folder of the store. It is made if it is not there.", HelpName = "DIR", Required = true };
        var service = new Option<string?>("--service")
        {
            Description = "What was profiled. Default: the label service, or else the name of the program.",
            HelpName = "NAME",
        };
        var labels = new Option<string[]>("--label") { Description = "Keep this with the profiles: queries find it in labels. Can be repeated.", HelpName = "KEY=VALUE" };
        var strict = new Option<bool>("--strict") { Description = "End with an error if a file cannot be added, instead of leaving it out." };
        var command = new Command("add", "Add profiles to a store. A file that is there already is not added again.") { files, to, service, labels, strict };
        command.SetAction((parsed, cancellation) => Add(StoreFolder.OpenOrCreate(parsed.GetRequiredValue(to)), Expand(parsed.GetRequiredValue(files)),
            parsed.GetValue(service), [.. (parsed.GetValue(labels) ?? []).Select(KeyValue.Parse)], parsed.GetValue(strict), cancellation));
        return command;
    }

    static async Task Add(
        StoreFolder store, List<string> files, string? service, List<KeyValuePair<string, string>> labels, bool isStrict, CancellationToken cancellation)
    {
        var (added, known) = (0, 0);
        using (store.LockToWrite())
        {
            Compaction.Finish(store);
            var addition = new Addition(store, Ids(store), service, labels);
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    if (await addition.Add(file))
                        added++;
                    else
                        known++;
                }
                catch (Exception e) when (!isStrict && e is InvalidProfileException or StoreException or FileNotFoundException)
                {
                    Messages.WriteLine($"warning: left out: {e.Message}");
                }
            }
        }
        if (added + known == 0)
            throw new StoreException("none of the files could be added.");
        Messages.WriteLine($"added {added} of {files.Count} profiles{(known == 0 ? "" : $"; {known} were there already")}.");
    }

    static HashSet<string> Ids(StoreFolder store)
    {
        if (!StoreDatabase.HasProfiles(store))
            return [];
        using var database = StoreDatabase.Open(store);
        return [.. database.Ask("select profile_id from profiles").Rows.Select(row => (string)row[0]!)];
    }

    static List<string> Expand(string[] names)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!Directory.Exists(name))
            {
                files.Add(name);
                continue;
            }
            var count = files.Count;
            files.UnionWith(Directory.EnumerateFiles(name, "*.prof", SearchOption.AllDirectories));
            if (files.Count == count)
                throw new StoreException($"{name} is a folder without .prof files.");
        }
        return [.. files];
    }
}
