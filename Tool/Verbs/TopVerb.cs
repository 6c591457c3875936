using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof top</c>: what a running program calls now.</summary>
sealed class TopVerb() : Verb("top", "dotnet prof top WebShop", "dotnet prof top app.prof.live --once --format json")
{
    static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        program.Description = "The process id of a woven program that is recording, its name (see dotnet prof ps), or a .live file.";
        var interval = CommandSymbol.Time("--interval", "How often to update the rows; by default, every second.");
        var once = new Option<bool>("--once") { Description = "Print the rows of one interval and exit." };
        var format = new Option<string>("--format")
        {
            Description = "How --once prints them.",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        }.AcceptOnlyFromAmong("text", "json");
        var sort = new Option<string>("--sort", "-s")
        {
            Description = "How to sort the rows.",
            HelpName = "KEY",
            DefaultValueFactory = _ => LiveView.Sorts[0],
        }.AcceptOnlyFromAmong(LiveView.Sorts);
        var filter = CommandSymbol.Named(new Option<string?>("--filter")
        {
            Description = "Show only rows whose name contains this.",
            HelpName = "TEXT",
        });
        var command = new Command(Name, "Show what a running program calls: the rows with the most time of their own, as they grow.")
        {
            program, interval, once, format, sort, filter,
        };
        command.SetAction(parsed =>
        {
            var isOnce = parsed.GetValue(once);
            if (!isOnce && parsed.GetResult(format) is { Implicit: false })
                throw new ToolException("option --format works only with --once.", ToolException.Usage);
            var watched = parsed.GetRequiredValue(program);
            WatchedRecording.CheckIsProgram(watched);
            if (!isOnce && (Console.IsInputRedirected || Console.IsOutputRedirected))
                throw new ToolException("top needs a terminal; --once prints the rows of one interval.", ToolException.Usage);
            using var recording = WatchedRecording.Find(watched);
            var view = new LiveView { Sort = parsed.GetRequiredValue(sort), Filter = parsed.GetValue(filter) ?? "" };
            var time = parsed.GetValue(interval) ?? DefaultInterval;
            if (isOnce)
                Print(recording, view, time, isJson: parsed.GetValue(format) == "json");
            else
                new LiveScreen(recording, view, time).Run();
        });
        return command;
    }

    static void Print(WatchedRecording recording, LiveView view, TimeSpan time, bool isJson)
    {
        var before = recording.Read();
        Thread.Sleep(time);
        var now = recording.Read();
        var interval = LiveInterval.Between(before, now);
        if (isJson)
            LiveOutput.WriteJson(now, interval, view.Of(interval));
        else
            LiveOutput.WriteText(interval, view.Of(interval), now.Unit);
    }
}
