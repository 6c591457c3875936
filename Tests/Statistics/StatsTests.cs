using NUnit.Framework.Constraints;

namespace ProfilerWeaver.Tests;

sealed class StatsTests : IDisposable
{
    static readonly MethodLabel Main = new("/src/app/Program.cs", 3, "Main");
    static readonly MethodLabel Load = new("/src/app/Repository.cs", 10, "Shop.Repository.Load");
    static readonly MethodLabel LoadCopy = new("/src/copy/Repository.cs", 10, "Shop.Repository.Load");
    static readonly MethodLabel ReadAllText = MethodLabel.External("System.IO.File.ReadAllText");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Totals_are_summed_over_the_rows()
    {
        var stats = new Stats([Row(Main, new(1, 1, 1.5, 4)), Row(Load, new(7, 2, 2.25, 2.5))]);

        Assert.That((stats.TotalCalls, stats.PrimitiveCalls, stats.TotalTime), Is.EqualTo((8L, 3L, 3.75)));
    }

    [Test]
    public void Statistics_of_nothing_are_empty()
    {
        using var output = new StringWriter { NewLine = "\n" };

        new Stats().Add(new Stats(), new Stats()).StripDirs().SortStats("time").ReverseOrder()
            .PrintStats(output).PrintCallers(output).PrintCallees(output);

        Assert.That(output.ToString(), Is.EqualTo("         0 function calls in 0.000 seconds\n\n"));
    }

    [Test]
    public void Adding_sums_up_figures_and_callers()
    {
        var left = new Stats([Row(Load, new(1, 2, 3, 4), (Main, new(1, 2, 3, 4)))]);
        var right = new Stats([Row(Load, new(1, 2, 3, 4), (Main, new(1, 2, 3, 4)), (ReadAllText, new(5, 6, 7, 8)))]);

        var row = left.Add(right)[Load];

        Assert.That(row.Figures, Is.EqualTo(new Figures(2, 4, 6, 8)));
        Assert.That(row.Callers, Is.EqualTo(
        [
            KeyValuePair.Create(Main, new Figures(2, 4, 6, 8)),
            KeyValuePair.Create(ReadAllText, new Figures(5, 6, 7, 8)),
        ]));
        Assert.That(left.TotalCalls, Is.EqualTo(2));
        Assert.That(right[Load].Calls, Is.EqualTo(1));
    }

    [Test]
    public void Statistics_can_be_added_to_themselves()
    {
        var stats = new Stats([Row(Load, new(1, 1, 1, 1), (Main, new(1, 1, 1, 1)))]);

        Assert.That(stats.Add(stats)[Load].Callers.Single().Value, Is.EqualTo(new Figures(2, 2, 2, 2)));
    }

    [Test]
    public void Adding_forgets_the_order_and_the_callees_that_were_printed_before()
    {
        var stats = new Stats([Row(Main, new(1, 1, 1, 1))]).SortStats("time");
        stats.PrintCallees(TextWriter.Null);
        using var output = new StringWriter { NewLine = "\n" };

        stats.Add(new Stats([Row(Load, new(4, 4, 1, 1), (Main, new(4, 4, 1, 1)))])).PrintCallees(output, "Main");

        Assert.That(output.ToString(), Does.StartWith("   Random listing order was used\n"));
        Assert.That(output.ToString(), Does.Contain("->       4    1.000    1.000  /src/app/Repository.cs:10("));
    }

    [Test]
    public void Files_are_added_from_the_last_to_the_second()
    {
        var names = new[] { "a", "b", "c" };
        foreach (var name in names)
            new Stats([Row(Main, new(1, 1, 1, 1))]).DumpStats(folder.File(name));

        var stats = new Stats(Array.ConvertAll(names, folder.File));

        Assert.That(stats.Files.Select(file => file[^1]), Is.EqualTo(['a', 'c', 'b']));
        Assert.That(stats[Main].Calls, Is.EqualTo(3));
    }

    [Test]
    public void A_copy_is_independent()
    {
        var original = new Stats([Row(Main, new(1, 1, 1, 1))]);
        var copy = new Stats(original);

        copy.Add(original).StripDirs();

        Assert.That(copy.Single().Figures, Is.EqualTo(new Figures(2, 2, 2, 2)));
        Assert.That(original[Main].Calls, Is.EqualTo(1));
    }

    [Test]
    public void Stripping_folders_sums_up_methods_and_callers_that_become_equal()
    {
        var stats = new Stats(
        [
            Row(Load, new(1, 1, 1, 1), (Main, new(1, 1, 1, 1))),
            Row(LoadCopy, new(2, 2, 2, 2), (Main, new(2, 2, 2, 2))),
            Row(ReadAllText, new(5, 5, 5, 5), (Load, new(2, 2, 2, 2)), (LoadCopy, new(3, 3, 3, 3))),
        ]);

        stats.StripDirs();

        var load = new MethodLabel("Repository.cs", 10, "Shop.Repository.Load");
        Assert.That(stats.Select(row => row.Label), Is.EqualTo([load, ReadAllText]));
        Assert.That(stats[load].Figures, Is.EqualTo(new Figures(3, 3, 3, 3)));
        Assert.That(stats[load].Callers.Single().Value, Is.EqualTo(new Figures(3, 3, 3, 3)));
        Assert.That(stats[ReadAllText].Callers, Is.EqualTo([KeyValuePair.Create(load, new Figures(5, 5, 5, 5))]));
        Assert.That(stats.TotalCalls, Is.EqualTo(8));
    }

    [TestCase("/src/a.cs", "a.cs")]
    [TestCase("a.cs", "a.cs")]
    [TestCase(@"C:\src\a.cs", "a.cs")]
    [TestCase("C:/src/a.cs", "a.cs")]
    [TestCase(@"\\server\share\a.cs", "a.cs")]
    [TestCase(@"/src/odd\name.cs", @"odd\name.cs")]
    public void Folders_of_Windows_and_Unix_are_stripped(string file, string stripped)
    {
        var stats = new Stats([Row(new(file, 1, "f"), new(1, 1, 1, 1))]).StripDirs();

        Assert.That(stats.Single().Label.File, Is.EqualTo(stripped));
    }

    [Test]
    public void Enumerating_follows_the_order()
    {
        var stats = new Stats(
        [
            Row(Main, new(1, 1, 1, 9)),
            Row(Load, new(5, 5, 2, 3)),
            Row(ReadAllText, new(5, 5, 2, 2)),
        ]);

        Assert.That(Order(stats.SortStats(SortKey.Calls)), Is.EqualTo([Load, ReadAllText, Main]));
        Assert.That(Order(stats.ReverseOrder()), Is.EqualTo([Main, ReadAllText, Load]));
        Assert.That(Order(stats.SortStats(SortKey.Time, SortKey.Cumulative)), Is.EqualTo([Load, ReadAllText, Main]));
        Assert.That(Order(stats.SortStats()), Is.EqualTo([Main, Load, ReadAllText]));
        Assert.That(Order(stats.ReverseOrder()), Is.EqualTo([Main, Load, ReadAllText]));

        static IEnumerable<MethodLabel> Order(Stats stats) => stats.Select(row => row.Label);
    }

    [Test]
    public void A_row_is_found_by_its_name_or_the_end_of_it()
    {
        var stats = new Stats(
        [
            Row(Main, new(1, 1, 1, 1)),
            Row(Load, new(2, 2, 2, 2)),
            Row(ReadAllText, new(3, 3, 3, 3)),
        ]);

        Assert.That(stats["Main"].Calls, Is.EqualTo(1));
        Assert.That(stats["Shop.Repository.Load"].Calls, Is.EqualTo(2));
        Assert.That(stats["Repository.Load"].Calls, Is.EqualTo(2));
        Assert.That(stats["File.ReadAllText"].Calls, Is.EqualTo(3));
        Assert.That(stats["{System.IO.File.ReadAllText}"].Calls, Is.EqualTo(3));
        Assert.That(stats["/src/app/Program.cs:3(Main)"].Calls, Is.EqualTo(1));
    }

    [Test]
    public void A_name_that_is_unknown_or_ambiguous_is_told()
    {
        var stats = new Stats([Row(Load, new(1, 1, 1, 1)), Row(LoadCopy, new(1, 1, 1, 1))]);

        Assert.That(() => stats["epository.Load"], Fails("'epository.Load'"));
        Assert.That(() => stats[""], Fails("''"));
        Assert.That(() => stats["Load"], Fails($"{Load} or {LoadCopy}"));
        Assert.That(() => stats[Main], Fails("Program.cs:3(Main)"));
        Assert.That(stats.Find(Main), Is.Null);

        static IResolveConstraint Fails(string message) =>
            Throws.TypeOf<KeyNotFoundException>().With.Message.Contains(message);
    }

    [Test]
    public void What_is_dumped_can_be_loaded()
    {
        var file = folder.File("dump.prof");
        var stats = new Stats(RandomProfiles.Rows(1));

        stats.DumpStats(file);

        Assert.That(TableText.Of(new Stats(file)), Is.EqualTo(TableText.Of(stats)));
    }

    [Test]
    public void Adding_a_file_to_nothing_is_loading_it()
    {
        var file = folder.File("a.prof");
        ProfFile.Write(RandomProfiles.Recording(5), file);

        var (added, loaded) = (new Stats().Add(file), new Stats(file));

        Assert.That(TableText.Of(added), Is.EqualTo(TableText.Of(loaded)));
        Assert.That((added.TotalCalls, added.Files.Single(), added.Contexts.Count()),
            Is.EqualTo((loaded.TotalCalls, loaded.Files.Single(), loaded.Contexts.Count())));
    }

    [Test]
    public void The_top_level_is_what_the_old_profiler_called()
    {
        var stats = new Stats(
        [
            Row(Main, new(1, 1, 1, 1), (new("jprofile", 0, "profiler"), new(1, 1, 1, 1))),
            Row(Load, new(1, 1, 1, 1), (Main, new(1, 1, 1, 1))),
        ]);
        using var output = new StringWriter { NewLine = "\n" };

        stats.GetTopLevelStats().PrintStats(output);

        Assert.That(stats.TopLevel, Is.EqualTo([Main]));
        Assert.That(output.ToString(), Does.StartWith("         Main\n         2 function calls in 2.000 seconds\n"));
    }

    [Test]
    public void Tables_go_to_the_chosen_output()
    {
        using var output = new StringWriter();

        new Stats([Row(Main, new(1, 1, 1, 1))]) { Output = output }.PrintStats().PrintCallers().PrintCallees();

        Assert.That(output.ToString(), Does.Contain("1 function calls").And.Contain("<-").And.Contain("->"));
    }

    [Test]
    public void A_missing_file_is_told_by_its_name() =>
        Assert.That(() => new Stats("no such.prof"),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains("no such.prof"));

    static MethodStats Row(MethodLabel label, Figures figures, params (MethodLabel Label, Figures Figures)[] callers) =>
        new(label, figures, Array.ConvertAll(callers, caller => KeyValuePair.Create(caller.Label, caller.Figures)));
}
