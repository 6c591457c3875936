using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary>The options of all verbs that ask.</summary>
sealed class AskingOptions
{
    readonly Option<string> store = StoreOption.Store();
    readonly Option<string[]> where = StoreOption.Where();
    readonly Option<long?> memory = StoreOption.Memory();
    readonly Option<long?> cache = StoreOption.Cache();
    readonly Option<string> format = StoreOption.Format();

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[store, where, format, memory, cache])
            command.Options.Add(option);
    }

    /// <summary>Which profiles are meant.</summary>
    public string[] Where(ParseResult parsed) => parsed.GetValue(where) ?? [];

    /// <summary>Asks the store, and prints the answer.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="tables">The tables that it needs.</param>
    /// <param name="of">Which profiles are meant: files without any of them are not read.</param>
    /// <param name="ask">Asks; it is given the files of the tables, too.</param>
    /// <exception cref="StoreException">There is no such store, or no answer.</exception>
    public async Task Print(ParseResult parsed, IReadOnlyList<string> tables, Selection[] of, Func<StoreDatabase, IReadOnlyDictionary<string, string[]>, Answer> ask)
    {
        var limit = parsed.GetValue(memory) ?? StoreDatabase.DefaultMemory;
        Answer answer;
        using (var opened = await ProfileStore.Open(StorePlace.Of(parsed.GetRequiredValue(store), parsed.GetValue(cache) ?? StoreOption.DefaultCache)))
        {
            if (opened.Manifest.Segments.Count == 0)
                throw new StoreException($"{opened.Location} has no profiles. dotnet prof-store add FILES --to {opened.Location} adds some.");
            answer = await opened.Read(tables, manifest => manifest.Segments.Where(segment => of.Any(selection => selection.MayBeIn(segment))), files =>
            {
                if (files[tables[0]].Length == 0)
                    throw of[0].IsEmpty();
                using var database = StoreDatabase.Open(limit);
                foreach (var table in tables)
                    database.CreateView(table, files[table]);
                return ask(database, files);
            });
        }
        using var output = Console.OpenStandardOutput();
        AnswerFormats.Write(answer, parsed.GetRequiredValue(format), output);
    }
}
