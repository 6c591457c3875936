namespace ProfilerWeaver.Store;

/// <summary>Asks a question that is ready.</summary>
static class ReadyQuestion
{
    /// <summary>The tables that these questions are about. Contexts, the largest, are not needed.</summary>
    public static readonly string[] Tables = [StoreTable.Profiles, StoreTable.Methods];

    /// <summary>Asks, with a warning if that adds up what is not alike.</summary>
    /// <param name="database">The store.</param>
    /// <param name="question">The question.</param>
    /// <param name="of">Which profiles it is about.</param>
    /// <exception cref="StoreException">There are no such profiles.</exception>
    public static Answer Ask(StoreDatabase database, Question question, params Selection[] of)
    {
        foreach (var selection in of)
        {
            if (Convert.ToInt64(Of(database, Question.Count(selection)).Rows[0][0], System.Globalization.CultureInfo.InvariantCulture) == 0)
                throw selection.IsEmpty();
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
