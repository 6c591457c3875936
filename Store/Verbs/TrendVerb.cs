using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store trend</c>: a method day by day.</summary>
static class TrendVerb
{
    public static Command Create()
    {
        var method = new Argument<string>("METHOD") { Description = "The method's name, or its end from a dot on: Repository.Load." };
        var (store, where, format) = (StoreOption.Store(), StoreOption.Where(), StoreOption.Format());
        var command = new Command("trend", "Show the calls and times of a method day by day.") { method, store, where, format };
        command.SetAction(parsed =>
        {
            var (selection, name) = (Selection.Of(parsed.GetValue(where) ?? []), parsed.GetRequiredValue(method));
            AskingVerbs.Print(parsed.GetRequiredValue(store), parsed.GetRequiredValue(format), database =>
                AskingVerbs.Ask(database, Question.Trend(selection, name), selection) is { Rows.Count: > 0 } answer
                    ? answer
                    : throw new StoreException($"no such profile has a method {PythonText.Repr(name)}."));
        });
        return command;
    }
}
