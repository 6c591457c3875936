using ProfilerWeaver.Tests.Differences;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What a user at a terminal sees and types.</summary>
[Platform("Unix,Linux,MacOsX")]
public sealed class TerminalTests : IDisposable
{
    const int Columns = 80;
    const string ControlC = "\x03";

    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_web_service_stopped_with_control_C_is_told_once_and_its_profile_shown()
    {
        var (exitCode, shown) = PseudoTerminal.Run(tool, Columns, [ToolApps.Assembly("Web")],
            ("Application started. Press Ctrl+C to shut down.", ControlC));

        Assert.That(exitCode, Is.Zero);
        Assert.That(shown, Does.Contain("Application is shutting down...").And.Contain(" function calls"));
        Assert.That(shown, Does.Match(@"(?s)shutting down.*r\.WebApplication\.Run\}"));
    }

    [Test]
    public void A_program_that_control_C_ends_gets_its_exit_code()
    {
        var (exitCode, _) = PseudoTerminal.Run(tool, Columns, [ToolApps.Assembly("Shop"), "wait"], ("waiting 3", ControlC));

        Assert.That(exitCode, Is.EqualTo(130));
    }

    [Test]
    public void Tables_fit_the_terminal_and_are_coloured()
    {
        tool.Run("-o", "shop.prof", ToolApps.Assembly("Shop"), "sell", "tea");

        var (exitCode, shown) = PseudoTerminal.Run(tool, Columns, ["stats", "shop.prof", "-s", "cumulative"]);

        Assert.That(exitCode, Is.Zero);
        Assert.That(shown, Does.Contain("\e["));
        var lines = PseudoTerminal.Lines(shown);
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(Columns));
        Assert.That(lines, Has.Some.Match(@"^ +ncalls +tottime +percall +cumtime +percall +filename:lineno\(function\)$"));
        Assert.That(lines, Has.Some.Match(@"^ +1( +\d[\d.]* [mun]?s){4} +\S*Program\.Main\)?$"));
    }

    [Test]
    public void A_difference_begins_with_its_cause_in_colour()
    {
        ProfFile.Write(DifferenceTests.Shop(queries: 1), tool["before.prof"]);
        ProfFile.Write(DifferenceTests.Shop(queries: 15), tool["after.prof"]);

        var (exitCode, shown) = PseudoTerminal.Run(tool, Columns, ["diff", "before.prof", "after.prof"]);

        Assert.That(exitCode, Is.Zero);
        Assert.That(shown, Does.StartWith("\e["));
        Assert.That(PseudoTerminal.Lines(shown)[0], Is.EqualTo("Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)"));
    }

    [TestCase(74, @"^ +ncalls +tottime +percall +cumtime +percall +function$", @"^ +1( +\d[\d.]* [mun]?s){4} +Shop\.Program\.Main$")]
    [TestCase(50, @"^ +ncalls +tottime +cumtime +function$", @"^ +1( +\d[\d.]* [mun]?s){2} +Shop\.Program\.Main$")]
    public void A_narrow_terminal_shows_whole_figures_and_titles(int columns, string titles, string row)
    {
        tool.Run("-o", "shop.prof", ToolApps.Assembly("Shop"), "sell", "tea");

        var (_, shown) = PseudoTerminal.Run(tool, columns, ["stats", "shop.prof", "-s", "cumulative"]);

        var lines = PseudoTerminal.Lines(shown);
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(columns));
        Assert.That(lines, Has.Some.Match(titles));
        Assert.That(lines, Has.Some.Match(row));
    }

    [Test]
    public void The_tree_is_drawn()
    {
        tool.Run("-o", "tree.prof", ToolApps.Assembly("Shop"), "sell", "tea");

        var (_, shown) = PseudoTerminal.Run(tool, Columns, ["stats", "tree.prof", "--tree", "--min-percent", "0"]);

        var lines = PseudoTerminal.Lines(shown);
        Assert.That(lines, Has.Some.Match(@"^└── 100\.0% +\d[\d.]* [mun]?s  1× Shop\.Program\.Main  Program\.cs:12$"));
        Assert.That(lines, Has.Some.Match(@"^    [├└]── +\d+\.\d% +\d[\d.]* [mun]?s  1× Shop\.Program\.Total  Program\.cs:\d+$"));
    }

    [Test]
    public void Long_work_shows_progress_and_leaves_no_trace_of_it()
    {
        var source = Path.Combine(ToolApps.Folder, "script.cs");

        var (_, shown) = PseudoTerminal.Run(tool, Columns, [source, "tea"]);

        Assert.That(shown, Does.Contain("\rBuilding script.cs ...\e[K").And.Contain("\r\e[K"));
        Assert.That(PseudoTerminal.Lines(shown)[0], Is.EqualTo("[3]"));
    }
}
