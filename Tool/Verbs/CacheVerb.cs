using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof cache</c>: shows the woven copies that are kept, and removes them.</summary>
static class CacheVerb
{
    static readonly string[] Headings = ["program", "folder", "size", "last used"];

    public static Command Create()
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
        var command = new Command("cache", "List or remove the woven copies of programs that were run.") { list, clean };
        command.SetAction(_ => List(CacheFolder.Open()));
        return command;
    }

    static int List(CacheFolder cache)
    {
        var copies = StoredCopy.AllIn(cache.Copies).Where(copy => copy.Program is not null)
            .OrderByDescending(copy => copy.LastUsed).ToList();
        string[][] rows = [.. copies.Select(copy => (string[])
        [
            Printable.Text(Path.GetFileName(copy.Program)!), Printable.Text(Path.GetDirectoryName(copy.Program)!), AutoUnits.Bytes(copy.Size),
            copy.LastUsed.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ])];
        if (Console.IsOutputRedirected)
            WritePlain([Headings, .. rows]);
        else
            AnsiConsole.Write(Table(rows));
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

    static Table Table(string[][] rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in Headings)
            table.AddColumn(new TableColumn(heading) { Alignment = IsNumber(heading) ? Justify.Right : Justify.Left });
        foreach (var cells in rows)
            table.AddRow(cells.Select(cell => new Text(cell)));
        return table;
    }

    static void WritePlain(string[][] lines)
    {
        var widths = Headings.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) =>
                IsNumber(Headings[column]) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            Console.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    static bool IsNumber(string heading) => heading == "size";

    static string Count(int copies) => copies == 1 ? "1 copy" : $"{copies} copies";
}
