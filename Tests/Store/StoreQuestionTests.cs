using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>The questions that are ready, and what <c>docs/store.md</c> says of the tables and asks them.</summary>
[TestFixture(false, TestName = "StoreQuestionTests in a folder")]
[TestFixture(true, TestName = "StoreQuestionTests at S3")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class StoreQuestionTests(bool isAtS3) : IDisposable
{
    static readonly string Page = File.ReadAllText(Path.Combine(PackageFeed.Repository, "docs", "store.md")).ReplaceLineEndings("\n");

    readonly S3Server? server = isAtS3 ? new() : null;
    StoreTool tool = null!;

    public void Dispose()
    {
        tool.Dispose();
        server?.Dispose();
    }

    // Load is called once a request, then ten times; Save goes, Send comes.
    [OneTimeSetUp]
    public void Add()
    {
        tool = new(server);
        foreach (var (day, version, loads, other) in new[] { (1, "1.4", 1, "Save"), (2, "1.4", 1, "Save"), (3, "1.5", 10, "Send"), (3, "1.5", 14, "Send") })
        {
            var tree = new CallTreeBuilder();
            tree.Enter(0, calls: 1, selfTicks: 0, cumulativeTicks: 12 + loads);
            tree.Enter(1, calls: 1, selfTicks: 5, cumulativeTicks: 12 + loads);
            tree.Enter(2, calls: loads, selfTicks: loads, cumulativeTicks: loads);
            tree.Leave();
            tree.Enter(3, calls: 2, selfTicks: 7, cumulativeTicks: 7);
            tree.Leave();
            tree.Leave();
            tree.Leave();
            tool.Add("--service", "shop", "--label", $"version={version}", tool.Write("a.prof", new()
            {
                Methods = [new(ScopeName.File, 0, "request"), new MethodLabel("a.cs", 1, "Shop.Handle") with { Origin = new("Shop.Web", 4, MethodKind.Async) }, new("b.cs", 2, "Shop.Repository.Load"), new("c.cs", 3, $"Shop.{other}")],
                Threads = [new(1, "", tree.Build())],
                SecondsPerTick = 1e-6,
                Clock = "wall",
                StartedUtc = new(2026, 1, day, day, 0, loads, DateTimeKind.Utc),
            }));
        }
    }

    [Test]
    public void Methods_have_an_assembly_a_type_and_a_kind() => Assert.That(
        tool.Query("select distinct name, coalesce(assembly, 'null'), coalesce(type, 'null'), kind from methods where file in ('a.cs', 'b.cs', 'scope') order by name"),
        Is.EqualTo(new[] { "Shop.Handle Shop.Web Shop async", "Shop.Repository.Load null null method", "request null null scope" }));

    [Test]
    public void Rows_are_the_methods_that_take_most_time()
    {
        Assert.That(Texts(tool.Ask("rows", "--where", "version=1.5", "-n", "2")), Is.EqualTo(new[]
        {
            "Shop.Repository.Load b.cs 2 24 24 24000 24000  2 10 14",
            "Shop.Send c.cs 3 4 4 14000 14000  2 2 2",
        }));
        Assert.That(tool.Ask("rows").Length, Is.EqualTo(5));
        Assert.That(tool.Run("rows", "--store", tool.Store, "--where", "day=2026-01-01", "--where", "service=shop", "-n", "1").Output.Split('\n')[1],
            Does.Match(@"^Shop\.Save +c\.cs +3 +2 +2 +7000 +7000 +1 +2 +2$"));
        Assert.That(tool.Run("rows", "--store", tool.Store, "-n", "1", "--format", "csv").Output.Split("\r\n")[0],
            Is.EqualTo("name,file,line,calls,primitive_calls,self_ns,total_ns,slowest_ns,profiles,fewest_calls,most_calls"));
    }

    [Test]
    public void Diff_has_what_a_profile_of_two_groups_calls_differently() =>
        Assert.That(Texts(tool.Ask("diff", "version=1.4", "version=1.5", "--where", "service=shop")), Is.EqualTo(new[]
        {
            "Shop.Repository.Load 1 12 1000 12000",
            "Shop.Save 2 0 7000 0",
            "Shop.Send 0 2 0 7000",
        }));

    [Test]
    public void Trend_has_a_method_day_by_day() => Assert.That(Texts(tool.Ask("trend", "Repository.Load")), Is.EqualTo(new[]
    {
        "shop 2026-01-01 Shop.Repository.Load 1 1 1 1 1000 1000 ",
        "shop 2026-01-02 Shop.Repository.Load 1 1 1 1 1000 1000 ",
        "shop 2026-01-03 Shop.Repository.Load 2 2 24 12 12000 12000 ",
    }));

    [Test]
    public void Times_of_different_clocks_are_warned_of()
    {
        using var other = new StoreTool();
        other.Add(other.Write("1.prof", RandomProfiles.Recording(1) with { Clock = "wall (stopwatch)" }),
            other.Write("3.prof", RandomProfiles.Recording(3) with { Clock = "wall (time-stamp counter), unsteady" }), other.Write("2.prof", RandomProfiles.Recording(2) with { Clock = "thread CPU" }));

        Assert.That(other.Run("rows", "--store", other.Store).Errors,
            Is.EqualTo("dotnet-prof-store: warning: these profiles are of different clocks, whose times are not alike: thread CPU, wall. --where clock=NAME chooses one.\n"));
        Assert.That(other.Run("rows", "--store", other.Store, "--where", "clock=wall").Errors, Is.Empty);
        Assert.That(other.Run("rows", "--store", other.Store, "--where", "clock=wall (stopwatch)").Errors, Is.Empty);
    }

    [TestCase("profiles")]
    [TestCase("methods")]
    [TestCase("contexts")]
    public void The_page_has_every_column_of_a_table_with_its_type(string table)
    {
        var section = Page[Page.IndexOf($"### `{table}`", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n##", 5, StringComparison.Ordinal)];
        var told = Regex.Matches(section, @"^\| `(\w+)` \| ([^|]+) \|", RegexOptions.Multiline).Select(row => $"{row.Groups[1]} {row.Groups[2]}");

        Assert.That(told, Is.EquivalentTo(tool.Query($"select column_name, column_type from (describe {table})")));
    }

    [Test]
    public void The_questions_of_the_page_are_answered()
    {
        var questions = Regex.Matches(Page, "^```sql\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();

        Assert.That(questions, Has.Length.EqualTo(4));
        Assert.That(tool.Query(questions[0])[..2], Is.EqualTo(new[] { "shop 1.5 Shop.Repository.Load 24 24000", "shop 1.4 Shop.Save 4 14000" }));
        Assert.That(tool.Query(questions[2]), Is.EqualTo(new[] { "2026-01-01 1 1 1000", "2026-01-02 1 1 1000", "2026-01-03 2 24 1000" }));
        Assert.That(tool.Query(questions[1]), Is.EqualTo(new[]
        {
            "Shop.Handle 1.4 1", "Shop.Handle 1.5 1", "Shop.Repository.Load 1.4 1", "Shop.Repository.Load 1.5 12", "Shop.Save 1.4 2", "Shop.Send 1.5 2",
        }));
        Assert.That(tool.Query(questions[3]), Is.Empty);
        questions[3] = questions[3].Replace("> 10 *", "> 6 *", StringComparison.Ordinal);
        Assert.That(tool.Query(questions[3]), Is.EqualTo(new[] { "Shop.Handle Shop.Repository.Load 26 6.5" }));
        foreach (var question in questions)
            Assert.That(ClickHouse.Query(tool.Address, question), Is.EqualTo(tool.Query(question)), question);
    }

    static string[] Texts(System.Text.Json.JsonElement[] rows) =>
        Array.ConvertAll(rows, row => string.Join(' ', row.EnumerateObject().Select(cell => cell.Value.ToString())));
}
