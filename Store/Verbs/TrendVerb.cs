using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store trend</c>: a method day by day.</summary>
static class TrendVerb
{
    public static Command Create()
    {
        var method = new Argument<string>("METHOD") { Description = "The method's full name, or the last parts of it, for example Repository.Load." };
        var options = new AskingOptions();
        var command = new Command("trend", "Show the calls and times of a method day by day.") { method };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var (selection, name) = (Selection.Of(options.Where(parsed)), parsed.GetRequiredValue(method));
            return options.Print(parsed, ReadyQuestion.Tables, [selection], (database, _) =>
                ReadyQuestion.Ask(database, Question.Trend(selection, name), selection) is { Rows.Count: > 0 } answer
                    ? answer
                    : throw new StoreException($"no such profile has a method {PythonText.Repr(name)}."));
        });
        return command;
    }
}
