namespace ProfilerWeaver.Store;

/// <summary>What verbs that ask do.</summary>
static class AskingVerbs
{
    /// <summary>Asks a store, and prints the answer.</summary>
    /// <param name="store">The folder of the store.</param>
    /// <param name="format">One of <see cref="AnswerFormats.Names"/>.</param>
    /// <param name="ask">Asks.</param>
    /// <exception cref="StoreException">There is no such store, or no answer.</exception>
    public static void Print(string store, string format, Func<StoreDatabase, Answer> ask)
    {
        var folder = StoreFolder.Open(store);
        Answer answer;
        using (folder.LockToRead())
        using (var database = StoreDatabase.Open(folder))
            answer = ask(database);
        using var output = Console.OpenStandardOutput();
        AnswerFormats.Write(answer, format, output);
    }

    /// <summary>Asks a question that is ready, with a warning if it adds up what is not alike.</summary>
    /// <param name="database">The store.</param>
    /// <param name="question">The question.</param>
    /// <param name="of">Which profiles it is about.</param>
    /// <exception cref="StoreException">There are no such profiles.</exception>
    public static Answer Ask(StoreDatabase database, Question question, params Selection[] of)
    {
        foreach (var selection in of)
        {
            if (Convert.ToInt64(Of(database, Question.Count(selection)).Rows[0][0], System.Globalization.CultureInfo.InvariantCulture) == 0)
                throw new StoreException($"the store has no profile with {selection.Text}.");
        }
        var clocks = of.SelectMany(selection => Of(database, Question.Clocks(selection)).Rows).Select(row => (string)row[0]!).Distinct().ToList();
        if (clocks.Count > 1)
        {
            Messages.WriteLine($"warning: these profiles are of different clocks, whose times are not alike: {string.Join(", ", clocks)}. " +
                "--where clock=NAME chooses one.");
        }
        return Of(database, question);
    }

    static Answer Of(StoreDatabase database, Question question) => database.Ask(question.Sql, question.Values);
}
