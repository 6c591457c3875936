using System.Runtime.CompilerServices;
using ProfilerWeaver.Scripting;
using ProfilerWeaver.Tool;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Architecture;

/// <summary>The arrows between rooms run one way, and there is no circle between files.</summary>
public class ArchitectureTests
{
    static readonly string Root = Path.GetFullPath(Path.Combine(SourceFolder(), "..", ".."));

    static readonly Lazy<SourceGraph> Graph = new(() => new SourceGraph(Root + Path.DirectorySeparatorChar,
    [
        typeof(Profile).Assembly.Location, typeof(Stats).Assembly.Location, typeof(ModuleWeaver).Assembly.Location,
        typeof(ToolException).Assembly.Location, typeof(ProfilerScript).Assembly.Location, typeof(CallExpectation).Assembly.Location,
        typeof(ProfilePush).Assembly.Location,
        // Its framework is not that of tests.
        Built("AspNetCore", "net8.0", "ProfilerWeaver.AspNetCore.dll"),
        // What it needs would come along, for all platforms.
        Built("Store", "net10.0", "dotnet-prof-store.dll"),
    ]));

    [Test]
    public void No_room_uses_one_above_it() => Assert.That(Violations(Graph.Value.Uses), Is.Empty);

    [Test]
    public void There_is_no_circle_between_files() =>
        Assert.That(Circles.In(Graph.Value.Uses).Select(circle => string.Join(", ", circle)), Is.Empty);

    [Test]
    public void All_files_with_code_are_seen()
    {
        var seen = Graph.Value.Uses.Keys.SelectMany(unit => unit.Split(SourceGraph.Joint)).ToHashSet();

        Assert.That(seen, Has.Count.GreaterThan(250));
        Assert.That(seen, Does.Contain("Runtime/Recording/Recorder.cs").And.Contain("Runtime/Recording/Node.cs")
            .And.Contain("Contract/SettingName.cs").And.Contain("Weaver/ModuleWeaver.cs"));
    }

    [Test]
    public void An_arrow_upwards_is_found() =>
        Assert.That(Violations(new() { ["Runtime/Recording/Recorder.cs"] = ["Runtime/Hosting/AutomaticProfile.cs"] }), Is.EqualTo(new[]
        {
            "Runtime/Recording/Recorder.cs uses Runtime/Hosting/AutomaticProfile.cs, but Runtime/Recording lies below Runtime/Hosting",
        }));

    [Test]
    public void An_arrow_to_an_assembly_that_may_not_be_used_is_found() =>
        Assert.That(Violations(new() { ["Runtime/Api/Profile.cs"] = ["Analysis/Pstats/Stats.cs"] }).Single(),
            Does.EndWith("Runtime may not use Analysis"));

    [Test]
    public void A_circle_is_found() =>
        Assert.That(Circles.In(new Dictionary<string, HashSet<string>> { ["a"] = ["b"], ["b"] = ["c", "d"], ["c"] = ["a"], ["d"] = [] }),
            Is.EqualTo(new[] { new[] { "a", "b", "c" } }));

    [Test]
    public void Every_room_is_described()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "architecture.md"));
        var folders = House.Rooms.Concat(Directory.GetDirectories(Root).Select(Path.GetFileName)
            .Where(name => Directory.EnumerateFiles(Path.Combine(Root, name!), "*.*proj", SearchOption.AllDirectories).Any()));

        Assert.That(folders.Where(folder => !page.Contains($"`{folder}`", StringComparison.Ordinal)
            && !page.Contains($"`{folder}/`", StringComparison.Ordinal)), Is.Empty);
    }

    static IEnumerable<string> Violations(Dictionary<string, HashSet<string>> uses) =>
        from pair in uses
        from user in pair.Key.Split(SourceGraph.Joint)
        from unit in pair.Value
        let reasons = unit.Split(SourceGraph.Joint).Select(used => House.WhyNot(user, used)).ToList()
        // Of a unit of several files, it is enough that one may be used: which of them it is, is not known.
        where reasons.TrueForAll(reason => reason is not null)
        select reasons[0];

    static string Built(string project, string framework, string file) =>
        Path.Combine(Root, project, "bin", Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, framework, file);

    static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
