using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store query</c>: asks a store in SQL.</summary>
static class QueryVerb
{
    public static Command Create()
    {
        var sql = new Argument<string>("SQL") { Description = "The question, about the tables profiles, methods and contexts." };
        var (store, format) = (StoreOption.Store(), StoreOption.Format());
        var command = new Command("query", "Ask a store in the SQL of DuckDB.") { sql, store, format };
        command.SetAction(parsed => AskingVerbs.Print(parsed.GetRequiredValue(store), parsed.GetRequiredValue(format),
            database => database.Ask(parsed.GetRequiredValue(sql))));
        return command;
    }
}
