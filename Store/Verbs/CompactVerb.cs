using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store compact</c>: fewer files.</summary>
static class CompactVerb
{
    public static Command Create()
    {
        var (store, memory, cache) = (StoreOption.Store(), StoreOption.MemoryToCompact(), StoreOption.Cache());
        var command = new Command("compact", "Make as few files as possible for each table, service and day.") { store, memory, cache };
        command.SetAction(async (parsed, _) =>
        {
            using var opened = await ProfileStore.Open(StorePlace.Of(parsed.GetRequiredValue(store), parsed.GetValue(cache) ?? StoreOption.DefaultCache));
            await opened.DeleteReplaced();
            var (before, after) = await new Compaction(opened, parsed.GetValue(memory) ?? StoreOption.DefaultMemoryToCompact).Run();
            Messages.WriteLine($"{before} files are {after} now.");
        });
        return command;
    }
}
