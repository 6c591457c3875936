using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof cache</c>: shows the woven copies that are kept, and removes them.</summary>
sealed class CacheVerb() : Verb("cache", "dotnet prof cache list", "dotnet prof cache clean --max-size 500MiB")
{
    public override Command Create()
    {
        var list = new Command("list", "List the woven copies: program, folder of the original, size, time of the last run.");
        list.SetAction(_ => List(CacheFolder.Open()));
        var size = new Option<long>("--max-size")
        {
            Description = "Remove the least recently used copies until the rest fits; by default, remove all.",
            HelpName = "SIZE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Quantity.ReadSize(text) is { } known)
                    return known;
                result.AddError($"option --max-size: expected a size such as 2GiB (units: KiB, MiB, GiB), not {PythonText.Repr(text)}.");
                return 0;
            },
        };
        var clean = new Command("clean", "Remove woven copies that are not in use; they are recreated when needed.") { size };
        clean.SetAction(parsed => Clean(CacheFolder.Open(), parsed.GetValue(size)));
        var command = new Command(Name, "List or remove the woven copies of programs that were run.") { list, clean };
        command.SetAction(_ => List(CacheFolder.Open()));
        return command;
    }

    static int List(CacheFolder cache)
    {
        var copies = StoredCopy.AllIn(cache.Copies).Where(copy => copy.Program is not null)
            .OrderByDescending(copy => copy.LastUsed).ToList();
        var table = new TextTable(new("program"), new("folder"), new("size", IsNumber: true), new("last used"));
        foreach (var copy in copies)
        {
            table.Add(Path.GetFileName(copy.Program)!, Path.GetDirectoryName(copy.Program)!, AutoUnits.Bytes(copy.Size),
                copy.LastUsed.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }
        table.Write();
        Console.WriteLine($"{Count(copies.Count)}, {AutoUnits.Bytes(copies.Sum(copy => copy.Size))}, in {Printable.Text(cache.Copies)}");
        return 0;
    }

    static int Clean(CacheFolder cache, long most)
    {
        var result = CacheCleaning.Clean(cache, most);
        Console.WriteLine($"removed {Count(result.Removed)}, {AutoUnits.Bytes(result.Freed)}" +
            (result.InUse > 0 ? $"; {Count(result.InUse)} in use" : ""));
        return 0;
    }

    static string Count(int copies) => copies == 1 ? "1 copy" : $"{copies} copies";
}
