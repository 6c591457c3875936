using System.Globalization;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Processes;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The commands in <c>docs/production.md</c> work as they stand there.</summary>
[Platform("Linux")]
public sealed class ProductionPageTests : ProcessTest
{
    readonly ProfTool tool = new();

    [TearDown]
    public void RemoveTool() => tool.Dispose();

    // The program records from its start, for what looks at a live file, and sleeps afterwards, for what has it record.
    [Test]
    public async Task The_commands_of_the_page_work()
    {
        tool.Environment["PROFILERWEAVER_CONTROL"] = Folder;
        var environment = new Dictionary<string, string>
        {
            ["PROFILERWEAVER_CONTROL"] = Folder,
            ["PROFILERWEAVER_OUTPUT"] = tool["app.prof"],
        };
        var program = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "1") with { Environment = environment });
        for (var line = await program.ReadLine(); line != "works"; line = await program.ReadLine())
            Assert.That(line, Is.Not.Null);
        var number = program.ProcessId.ToString(CultureInfo.InvariantCulture);
        var commands = Commands().Select(command => command.Replace("WebShop", number).Replace("10s", "100ms").Split(' '))
            .ToLookup(words => words[0] == "top");

        foreach (var words in commands[true])
            Expect(words.Contains("--once") ? words : [.. words, "--once"]);
        Expect("stop", number);
        foreach (var words in commands[false])
            Expect(words);

        await program.End();
        Assert.That(commands[true].Count(), Is.GreaterThan(2));
        Assert.That(commands[false].Count(), Is.GreaterThan(2));

        void Expect(params string[] words)
        {
            var result = tool.Run(words);
            Assert.That(result.Errors, Is.Empty, string.Join(' ', words));
            Assert.That(result.ExitCode, Is.Zero, string.Join(' ', words));
            Assert.That(result.Output, Is.Not.Empty, string.Join(' ', words));
        }
    }

    static IEnumerable<string> Commands()
    {
        const string Tool = "dotnet prof ";
        return File.ReadLines(Path.Combine(PackageFeed.Repository, "docs", "production.md"))
            .Where(line => line.StartsWith(Tool, StringComparison.Ordinal)).Select(line => line[Tool.Length..]);
    }
}
