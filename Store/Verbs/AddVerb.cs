using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store add</c>: puts profiles into a store.</summary>
static class AddVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Profiles, patterns such as 'profiles/**/*.prof', or folders with .prof files in them, at any depth.",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--to") { Description = "The store: a folder, or s3://BUCKET/PREFIX. It is created if it does not exist.", HelpName = "STORE", Required = true };
        var service = new Option<string?>("--service")
        {
            Description = "What was profiled. Default: the label service, or else the name of the program.",
            HelpName = "NAME",
        };
        var labels = new Option<string[]>("--label") { Description = "A label to store with the profiles, in the column labels. Can be repeated.", HelpName = "KEY=VALUE" };
        var strict = new Option<bool>("--strict") { Description = "End with an error if a file cannot be added, instead of leaving it out." };
        var uncompacted = new Option<bool>("--no-compact") { Description = "Only add files, without compacting them." };
        var (memory, cache) = (StoreOption.MemoryToCompact(), StoreOption.Cache());
        var command = new Command("add", "Add profiles to a store. A file that is already there is not added again.")
        {
            files, to, service, labels, strict, uncompacted, memory, cache,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var given = (parsed.GetValue(labels) ?? []).Select(KeyValue.Parse).ToList();
            var found = ProfileFiles.Find(parsed.GetRequiredValue(files));
            using var store = await ProfileStore.OpenOrCreate(StorePlace.Of(parsed.GetRequiredValue(to), parsed.GetValue(cache) ?? StoreOption.DefaultCache));
            await store.DeleteReplaced();
            var limit = parsed.GetValue(memory) ?? StoreOption.DefaultMemoryToCompact;
            await Add(found, new Addition(store, new(store, limit), parsed.GetValue(service), given), parsed.GetValue(strict), cancellation);
            if (!parsed.GetValue(uncompacted))
                await new Compaction(store, limit).RunDue();
        });
        return command;
    }

    static async Task Add(IReadOnlyList<string> files, Addition addition, bool isStrict, CancellationToken cancellation)
    {
        await using (addition)
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    await addition.Add(file);
                }
                catch (Exception e) when (!isStrict && e is InvalidProfileException or UnfitProfileException or FileNotFoundException)
                {
                    Messages.WriteLine($"warning: left out: {e.Message}");
                }
            }
            await addition.Commit();
            if (addition.Added + addition.Known == 0)
                throw new StoreException("none of the files could be added.");
            Messages.WriteLine($"added {addition.Added} of {files.Count} profiles{(addition.Known == 0 ? "" : $"; {addition.Known} were there already")}.");
        }
    }
}
