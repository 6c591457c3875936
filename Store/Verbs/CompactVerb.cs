using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store compact</c>: fewer files.</summary>
static class CompactVerb
{
    public static Command Create()
    {
        var store = StoreOption.Store();
        var command = new Command("compact", "Make one file of those of each table, service and day.") { store };
        command.SetAction(parsed =>
        {
            var folder = StoreFolder.Open(parsed.GetRequiredValue(store));
            using (folder.LockToWrite())
            {
                Compaction.Finish(folder);
                var (before, after) = new Compaction(folder).Run();
                Messages.WriteLine($"{before} files are {after} now.");
            }
        });
        return command;
    }
}
