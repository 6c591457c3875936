using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof push</c>: profiles for Pyroscope, an OpenTelemetry collector or a folder.</summary>
sealed class PushVerb() : Verb("push",
    "dotnet prof push app.prof --to pyroscope=http://localhost:4040",
    "dotnet prof push 'profiles/**/*.prof' --to otlp=http://localhost:4318 --service shop --label stage=ci",
    "dotnet prof push --to pyroscope=http://localhost:4040")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("Profiles, or patterns such as 'profiles/**/*.prof'; without any, only what is left from earlier pushes is sent.",
            ArgumentArity.ZeroOrMore);
        var to = CommandSymbol.Named(new Option<string>("--to")
        {
            Description = "Where to send them: pyroscope=URL, otlp=URL (experimental) or a folder. Secrets are read from " +
                "PROFILERWEAVER_PUSH_TOKEN, or PROFILERWEAVER_PUSH_USER and _PASSWORD, and PROFILERWEAVER_PUSH_TENANT.",
            HelpName = "PLACE",
            Required = true,
        });
        var service = CommandSymbol.Named(new Option<string?>("--service")
        {
            Description = "The name of the service; by default, the name of the program.",
            HelpName = "NAME",
        });
        var labels = LabelOption.Create("A label of the profiles, for example stage=ci. Can be repeated.");
        var spool = CommandSymbol.Named(new Option<string?>("--spool")
        {
            Description = "The folder in which profiles wait until they have arrived.",
            HelpName = "DIR",
        });
        var limit = CommandSymbol.Size("--spool-limit", "How much may wait there; beyond that the oldest profiles are dropped. Default: 256MiB.");
        var timeout = CommandSymbol.Time("--timeout", "How long to keep trying if the server does not accept them. Default: 1min.");
        var command = new Command(Name, "Send profiles to a profile server, and keep trying until they have arrived.")
        {
            files, to, service, labels, spool, limit, timeout,
        };
        command.SetAction(parsed =>
        {
            var options = new PushOptions
            {
                Service = parsed.GetValue(service),
                Labels = LabelOption.Read(parsed.GetValue(labels)),
                Spool = parsed.GetValue(spool),
                Report = line => Messages.WriteLine($"dotnet-prof: warning: {line}"),
            };
            if (parsed.GetValue(limit) is { } size)
                options = options with { SpoolLimit = size };
            if (parsed.GetValue(timeout) is { } patience)
                options = options with { Patience = patience };
            return Push(ProfilePattern.Expand(parsed.GetValue(files) ?? [], _ => false), parsed.GetRequiredValue(to), options);
        });
        return command;
    }

    static int Push(IReadOnlyList<string> files, string to, PushOptions options)
    {
        try
        {
            using var progress = Progress.Start("Pushing", files.Count);
            var summary = ProfilePush.Push(Found(files, progress), to, options).GetAwaiter().GetResult();
            var all = summary.Arrived + summary.Waiting + summary.Refused + summary.LeftOut + summary.Dropped;
            Messages.WriteLine(all == 0
                ? "dotnet-prof: nothing waits to be pushed there."
                : $"dotnet-prof: {summary.Arrived} of {all} profiles have arrived.");
            return summary.IsComplete ? 0 : ToolException.Failure;
        }
        catch (ArgumentException e)
        {
            throw new ToolException(e.Message, ToolException.Usage, e);
        }
    }

    static IEnumerable<string> Found(IReadOnlyList<string> files, Progress progress)
    {
        foreach (var file in files)
        {
            yield return SavedProfile.Find(file);
            progress.Advance(Path.GetFileName(file));
        }
    }
}
