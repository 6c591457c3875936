using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store diff</c>: what two groups of profiles do differently.</summary>
static class DiffVerb
{
    public static Command Create()
    {
        var before = new Argument<string>("BEFORE") { Description = "The profiles to compare with, as KEY=VALUE, for example version=1.4." };
        var after = new Argument<string>("AFTER") { Description = "The others, for example version=1.5." };
        var (rows, options) = (StoreOption.Rows(), new AskingOptions());
        var command = new Command("diff", "Show the methods whose calls or times per profile are different.") { before, after, rows };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var common = options.Where(parsed);
            var left = Selection.Of([parsed.GetRequiredValue(before), .. common]);
            var right = Selection.Of([parsed.GetRequiredValue(after), .. common]);
            var second = Selection.Of([parsed.GetRequiredValue(after), .. common], parameters: left.Values.Count);
            return options.Print(parsed, ReadyQuestion.Tables, [left, right],
                (database, _) => ReadyQuestion.Ask(database, Question.Difference(left, second, parsed.GetValue(rows)), left, right));
        });
        return command;
    }
}
