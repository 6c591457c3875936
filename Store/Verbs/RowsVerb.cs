using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store rows</c>: the methods that take most time.</summary>
static class RowsVerb
{
    public static Command Create()
    {
        var (store, where, rows, format) = (StoreOption.Store(), StoreOption.Where(), StoreOption.Rows(), StoreOption.Format());
        var command = new Command("rows", "Show the methods that take most time themselves.") { store, where, rows, format };
        command.SetAction(parsed =>
        {
            var selection = Selection.Of(parsed.GetValue(where) ?? []);
            AskingVerbs.Print(parsed.GetRequiredValue(store), parsed.GetRequiredValue(format),
                database => AskingVerbs.Ask(database, Question.Rows(selection, parsed.GetValue(rows)), selection));
        });
        return command;
    }
}
