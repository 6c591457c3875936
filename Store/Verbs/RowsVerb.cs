using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store rows</c>: the methods that take most time.</summary>
static class RowsVerb
{
    public static Command Create()
    {
        var (rows, options) = (StoreOption.Rows(), new AskingOptions());
        var command = new Command("rows", "Show the methods with the most self time.") { rows };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var selection = Selection.Of(options.Where(parsed));
            return options.Print(parsed, ReadyQuestion.Tables, [selection],
                (database, _) => ReadyQuestion.Ask(database, Question.Rows(selection, parsed.GetValue(rows)), selection));
        });
        return command;
    }
}
