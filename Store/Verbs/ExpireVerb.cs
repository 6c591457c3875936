using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Store;

/// <summary><c>dotnet prof-store expire</c>: no older profiles than that.</summary>
static class ExpireVerb
{
    public static Command Create()
    {
        var store = StoreOption.Store();
        var age = new Option<int>("--older-than")
        {
            Description = "How many days to keep besides today (in UTC), for example 30d.",
            HelpName = "DAYS",
            Required = true,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 100_000)
                    return days;
                result.AddError($"option --older-than: expected a number of days such as 30d, not {PythonText.Repr(text)}.");
                return 0;
            },
        };
        var command = new Command("expire", "Delete profiles of old days.") { store, age };
        command.SetAction(async (parsed, _) =>
        {
            using var opened = await ProfileStore.Open(StorePlace.Of(parsed.GetRequiredValue(store), cacheLimit: 0));
            await opened.DeleteReplaced();
            var first = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-parsed.GetValue(age));
            Messages.WriteLine($"deleted {await new Expiry(opened).Run(first)} profiles of days before {first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
        });
        return command;
    }
}
