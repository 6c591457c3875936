using System.CommandLine;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store query</c>: asks a store in SQL.</summary>
static class QueryVerb
{
    const string Chosen = "chosen_profiles";

    public static Command Create()
    {
        var sql = new Argument<string>("SQL") { Description = "The query, over the tables profiles, methods and contexts." };
        var options = new AskingOptions();
        var command = new Command("query", "Query a store in DuckDB's SQL.") { sql };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var (text, where) = (parsed.GetRequiredValue(sql), Selection.Of(options.Where(parsed)));
            var tables = Named(text);
            return options.Print(parsed, tables, [where], (database, files) =>
            {
                if (where.Values.Count > 0)
                {
                    database.Execute($"create temp table {Chosen} as select profile_id from {StoreTable.Profiles} where {where.Condition}", where.Values);
                    foreach (var table in tables)
                        database.CreateView(table, files[table], $"profile_id in (select profile_id from {Chosen})");
                }
                return database.Ask(text);
            });
        });
        return command;
    }

    // Files of others are not fetched. Without a name, the question is about what there is: show tables.
    static List<string> Named(string sql)
    {
        var named = StoreTable.All.Where(table => Regex.IsMatch(sql, $@"\b{table}\b", RegexOptions.IgnoreCase)).ToList();
        if (named.Count == 0)
            return [.. StoreTable.All];
        return [.. named.Append(StoreTable.Profiles).Distinct()];
    }
}
