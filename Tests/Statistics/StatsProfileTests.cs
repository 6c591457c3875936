using System.Text.Json;

namespace ProfilerWeaver.Tests;

sealed class StatsProfileTests : IDisposable
{
    const string PrintProfile = """
        import json, pstats, sys
        profile = pstats.Stats(sys.argv[1]).sort_stats('stdname').get_stats_profile()
        print(json.dumps([profile.total_tt, {name: [f.ncalls, f.tottime, f.percall_tottime, f.cumtime,
            f.percall_cumtime, f.file_name, f.line_number] for name, f in profile.func_profiles.items()}]))
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_figures_are_those_of_pstats([Range(0, 4)] int seed)
    {
        var file = folder.File("app.prof");
        ProfFile.Write(RandomProfiles.Recording(seed), file);
        var expected = JsonDocument.Parse(CPython.Latest.Run(PrintProfile, file)).RootElement;

        var profile = new Stats(file).SortStats("stdname").GetStatsProfile();

        Assert.That(profile.TotalTime, Is.EqualTo(expected[0].GetDouble()));
        Assert.That(profile.Functions, Is.EquivalentTo(expected[1].EnumerateObject().Select(function =>
            KeyValuePair.Create(function.Name, new FunctionProfile(
                function.Value[0].GetString()!,
                function.Value[1].GetDouble(),
                function.Value[2].GetDouble(),
                function.Value[3].GetDouble(),
                function.Value[4].GetDouble(),
                function.Value[5].GetString()!,
                function.Value[6].GetInt32())))));
    }

    [Test]
    public void Without_calls_there_is_no_time_per_call()
    {
        var row = new MethodStats(new("a.cs", 1, "f"), new Figures(0, 0, 1.23456, 2), []);

        var function = new Stats([row]).GetStatsProfile().Functions["f"];

        Assert.That(function, Is.EqualTo(new FunctionProfile("0", 1.235, -1, 2, -1, "a.cs", 1)));
    }

    [Test]
    public void Nothing_has_no_functions() =>
        Assert.That(new Stats().GetStatsProfile().Functions, Is.Empty);
}
