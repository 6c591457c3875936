using Microsoft.Playwright;

namespace ProfilerWeaver.ReportTests;

/// <summary>Reports of profiles whose every figure is known.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SmallProfileTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    string shopProfile = "";
    string shop = "";

    [OneTimeSetUp]
    public async Task Write()
    {
        shopProfile = folder.File("shop.prof");
        new Stats(SmallProfiles.Shop()).DumpStats(shopProfile);
        var (exitCode, _, errors) = await Browser.Prof("report", shopProfile);
        Assert.That(exitCode, Is.Zero, errors);
        shop = folder.File("shop.html");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task It_asks_for_nothing_and_says_so()
    {
        await using var report = await Browser.Open(shop);

        Assert.That(report.Requests, Is.EqualTo(new[] { new Uri(shop).AbsoluteUri }));
        Assert.That(report.Errors, Is.Empty);
        Assert.That(await report.Page.Locator("meta[http-equiv='Content-Security-Policy']").GetAttributeAsync("content"), Does.StartWith("default-src 'none'"));
        Assert.That(await report.Page.EvaluateAsync<bool>("() => fetch('data:,x').then(() => false, () => true)"), "even data: is refused");
    }

    [Test]
    public async Task The_table_has_the_figures_of_stats()
    {
        var stats = await Statistics.Of(shopProfile);
        await using var report = await Browser.Open(shop, "#view=table");

        CheckTable(await report.Table(".view table"), stats);
    }

    [Test]
    public async Task The_call_tree_has_the_figures_of_stats_in_every_context()
    {
        var stats = await Statistics.Of(shopProfile, "--tree");
        await using var report = await Browser.Open(shop, "#view=tree");
        // Opens all that is closed.
        while (await report.Page.Locator("tr[aria-expanded=false]").CountAsync() > 0)
            await report.Page.Locator("tr[aria-expanded=false] .twig").First.ClickAsync();

        var expected = new List<string>();
        void Add(IEnumerable<Statistics.Node> contexts, int level)
        {
            foreach (var context in contexts.OrderByDescending(context => context["cumtime"]))
            {
                expected.Add(FormattableString.Invariant(
                    $"{level} {context.Name} {context["cumtime"]:0.######} {context["tottime"]:0.######} {context["ncalls"]}"));
                Add(context.Callees, level + 1);
            }
        }
        Add(stats.Tree, 1);
        var levels = await report.Page.Locator("tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.getAttribute('aria-level'))");
        var shown = (await report.Table(".view table")).Select((row, i) => FormattableString.Invariant(
            $"{levels[i]} {row["Method"]} {ReportPage.Number(row["Total"]):0.######} {ReportPage.Number(row["Self"]):0.######} {row["Calls"]}"));
        Assert.That(shown, Is.EqualTo(expected));
        Assert.That(expected, Has.Count.GreaterThan(8));
    }

    [Test]
    public async Task Callers_and_callees_have_the_figures_of_stats()
    {
        var stats = await Statistics.Of(shopProfile);
        await using var report = await Browser.Open(shop, "#view=callers");
        foreach (var method in stats.Methods)
        {
            await report.Page.Locator(".picker").FillAsync(method.Name);
            await report.Page.Locator(".picker").PressAsync("Enter");
            await report.Settle();

            var callees = stats.Methods.SelectMany(callee => callee.Callers.Where(caller => caller.Name == method.Name).Select(edge => (callee.Name, Edge: edge)));
            Assert.That(await Edges("callers"), Is.EquivalentTo(method.Callers.Select(edge => Edge(edge.Name, edge))), method.Name);
            Assert.That(await Edges("callees"), Is.EquivalentTo(callees.Select(edge => Edge(edge.Name, edge.Edge))), method.Name);
        }

        async Task<IEnumerable<string>> Edges(string title) =>
            await report.Page.Locator($".half.{title} table").CountAsync() == 0 ? []
            : (await report.Table($".half.{title} table")).Select(row => FormattableString.Invariant(
                $"{row["Method"]} {row["Calls"]} {ReportPage.Number(row["Self"]):0.######} {ReportPage.Number(row["Total"]):0.######}"));

        static string Edge(string name, Statistics.Node edge) => FormattableString.Invariant(
            $"{name} {edge["ncalls"]} {edge["tottime"]:0.######} {edge["cumtime"]:0.######}");
    }

    [Test]
    public async Task The_sandwich_puts_all_occurrences_of_a_method_together()
    {
        await using var report = await Browser.Open(shop, "#view=sandwich");
        await report.Page.Locator(".picker").FillAsync("Shop.Data.Parser.Parse");
        await report.Page.Locator(".picker").PressAsync("Enter");
        await report.Settle();

        // Four loads of 4 calls and 20 ms each, and one of 4 ms; only the outermost count for the total.
        var statuses = await report.Page.Locator(".sandwich .status").AllInnerTextsAsync();
        Assert.That(statuses[0], Does.Contain("total 84.0 ms (100 %)").And.Contain("17 calls"));
        Assert.That(statuses[1], Does.Contain("total 84.0 ms (100 %)").And.Contain("5 calls"), "the outermost");
    }

    [Test]
    public async Task The_flame_graph_is_walked_and_zoomed_by_keys_and_a_link_holds_it()
    {
        await using var report = await Browser.Open(shop);
        await report.Page.Locator(".flame").FocusAsync();

        await report.Press("ArrowDown", "ArrowDown");
        Assert.That(await report.Text(".details-name"), Does.StartWith("Shop.Data.Repository.Load").And.Contain("Data/Repository.cs:12"));
        Assert.That(await report.Text(".details"), Does.Contain("total 156 ms").And.Contain("self 6.00 ms").And.Contain("calls 3")
            .And.Contain("total 208 ms").And.Contain("calls 4"), "here, and all calls");
        await report.Press("Enter");
        Assert.That(await report.Page.Locator(".crumbs button").AllInnerTextsAsync(), Is.EqualTo(new[] { "All threads", "Main", "Load" }));
        await report.Press("/");
        await report.Page.Keyboard.TypeAsync("parse");
        await report.Settle();
        // 84 of 222 ms.
        Assert.That(await report.Text(".view .status"), Does.StartWith("37.8 % of the time is in 9 contexts that match"));

        await using var other = await Browser.Open(shop, report.Link);
        Assert.That(await other.Page.Locator(".crumbs button").AllInnerTextsAsync(), Is.EqualTo(new[] { "All threads", "Main", "Load" }));
        Assert.That(await other.Text(".view .status"), Does.StartWith("37.8 %"));
        Assert.That(await other.Page.Locator(".search").InputValueAsync(), Is.EqualTo("parse"));
        Assert.That(await other.Text(".details-name"), Does.StartWith("Shop.Data.Repository.Load"));
    }

    [Test]
    public async Task A_method_is_found_and_colored_by_its_assembly_and_shows_it()
    {
        await using var report = await Browser.Open(shop, "#color=assembly&query=storage");
        await report.Page.Locator(".flame").FocusAsync();
        await report.Press("ArrowDown", "ArrowDown");

        Assert.That(await report.Text(".details-name"), Does.EndWith("Data/Repository.cs:12 · Storage"));
        Assert.That(await report.Text(".view .status"), Does.Contain("contexts that match"));
        Assert.That(await report.Page.Locator(".legend").AllInnerTextsAsync(), Has.Some.Contain("Storage").And.Some.Contain("WebShop").And.Some.Contain("external"));
    }

    [Test]
    public async Task Colors_of_assemblies_are_not_offered_where_none_is_known()
    {
        new Stats(SmallProfiles.Calls()).DumpStats(folder.File("unknown.prof"));
        await Browser.Prof("report", folder.File("unknown.prof"));
        await using var report = await Browser.Open(folder.File("unknown.html"));

        var offered = await report.Page.Locator("option").AllInnerTextsAsync();
        Assert.That(offered, Has.Member("Source folder").And.No.Member("Assembly"));
    }

    [Test]
    public async Task A_method_is_hidden_and_shown_again()
    {
        await using var report = await Browser.Open(shop);
        await report.Page.Locator(".flame").FocusAsync();

        await report.Press("ArrowDown", "ArrowDown", "x");
        // Loads take 208 of 222 ms.
        Assert.That(await report.Text(".view .status"), Does.StartWith("6.3 % is shown, the rest is hidden"));
        await report.Press("X");
        Assert.That(await report.Text(".view .status"), Does.Not.Contain("hidden"));
    }

    [Test]
    public async Task Recursion_is_collapsed_and_a_thread_is_chosen()
    {
        await using var report = await Browser.Open(shop, "#collapsed=true");
        Assert.That(await report.Text(".view .status"), Is.EqualTo("8 contexts"));

        await using var worker = await Browser.Open(shop, "#thread=1&view=tree");
        Assert.That((await worker.Table(".view table"))[0], Does.ContainKey("Method").And.ContainValue("Shop.Data.Repository.Load").And.ContainValue("1"));
    }

    [Test]
    public async Task Waiting_is_a_column_and_a_width()
    {
        var profile = folder.File("waiting.prof");
        new Stats(SmallProfiles.Waiting()).DumpStats(profile);
        await Browser.Prof("report", profile);
        var stats = await Statistics.Of(profile);

        await using var report = await Browser.Open(folder.File("waiting.html"), "#view=table");
        Assert.That((await report.Table(".view table")).Select(row => FormattableString.Invariant(
            $"{row["Method"]} {row["Resumes"]} {row["Open"]} {ReportPage.Number(row["Elapsed"]):R} {ReportPage.Number(row["Waiting"]):R}")),
            Is.EquivalentTo(stats.Methods.Select(method => FormattableString.Invariant(
                $"{method.Name} {method["resumes"]} {method["open"]} {method["elapsed"]:R} {method["waiting"]:R}"))));
        await report.View("Flame graph");
        await report.Page.GetByLabel("Width").SelectOptionAsync("waiting");
        await report.Page.Locator(".flame").FocusAsync();
        await report.Press("ArrowDown", "ArrowDown", "ArrowDown");
        Assert.That(await report.Text(".details"), Does.StartWith("Pay.Charge").And.Contain("elapsed 510 ms · waiting 500 ms"));
        await report.Page.Locator(".search").FillAsync("Charge");
        await report.Settle();
        // 0.5 of 2.5 s.
        Assert.That(await report.Text(".view .status"), Does.StartWith("20.0 %"));
    }

    [Test]
    public async Task The_hot_path_opens_with_a_key()
    {
        await using var report = await Browser.Open(shop, "#view=table");

        await report.Press("p");
        Assert.That(await report.Page.Locator("tr.hot, tr.selected").EvaluateAllAsync<string[]>("rows => rows.map(row => row.cells[0].querySelector('bdi').innerText)"),
            Is.EqualTo(new[] { "Shop.Program.Main", "Shop.Data.Repository.Load", "System.IO.File.ReadAllText" }));
    }

    [Test]
    public async Task Keys_are_shown_and_views_have_numbers()
    {
        await using var report = await Browser.Open(shop);
        string[] views = ["Flame graph", "Call tree", "Table", "Sandwich", "Callers", "Source", "Facts"];
        for (var i = 0; i < views.Length; i++)
        {
            await report.Press($"{i + 1}");
            Assert.That(await report.Text("[role=tab][aria-selected=true]"), Is.EqualTo(views[i]));
        }
        await report.Press("?");
        Assert.That(await report.Text("dialog"), Does.Contain("Search").And.Contain("Hot path"));
        await report.Press("Escape", "t");
        Assert.That(await report.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"), Is.EqualTo("dark"));
        Assert.That(report.Errors, Is.Empty);
    }

    [Test]
    public async Task Source_is_embedded_if_it_is_asked_for()
    {
        var source = folder.File("Program.cs");
        File.WriteAllText(source, "class Program\n{\n\tstatic void Main() => Work(\"</script>\u202E\");\n}\n");
        var tree = new TreeBuilder();
        var main = tree.Method(new MethodLabel(source.Replace('\\', '/'), 3, "Program.Main"));
        tree.Call(main, () => tree.Now += 7);
        new Stats(tree.Build(0.001)).DumpStats(folder.File("source.prof"));
        await Browser.Prof("report", folder.File("source.prof"), "--source", "-o", folder.File("with.html"));
        await Browser.Prof("report", folder.File("source.prof"), "-o", folder.File("without.html"));

        await using var with = await Browser.Open(folder.File("with.html"), "#view=source");
        var lines = await with.Table(".view table");
        Assert.That(lines[2]["Text"], Is.EqualTo(@"static void Main() => Work(""</script>\u202E"");"));
        Assert.That(ReportPage.Number(lines[2]["Self"]), Is.EqualTo(0.007));
        Assert.That(lines[0]["Calls"], Is.Empty);
        await using var without = await Browser.Open(folder.File("without.html"), "#view=source");
        Assert.That((await without.Table(".view table")).Single()["Method"], Is.EqualTo("Program.Main"));
    }

    [Test]
    public async Task Names_do_no_harm()
    {
        var profile = SmallProfiles.Hostile();
        new Stats(profile).WriteHtml(folder.File("hostile.html"));
        await using var report = await Browser.Open(folder.File("hostile.html"));
        for (var i = 1; i <= 7; i++)
            await report.Press($"{i}");
        await report.View("Table");

        var names = (await report.Table(".view table")).Select(row => row["Method"]).ToArray();
        Assert.That(await report.Page.TitleAsync(), Does.StartWith("</title><script>"));
        Assert.That(report.Errors, Is.Empty);
        Assert.That(report.Requests, Has.Count.EqualTo(1));
        Assert.That(names, Does.Contain("</script><script>document.title='harmed'</script>").And.Contain(@"\u202Egnirts.Right\u202C")
            .And.Contain(@"bell\u0007\u001B[31mred\u000D\u000Aline").And.Contain(@"zero\u200Bwidth").And.Contain("__proto__"));
        Assert.That(await report.Page.Locator("script").CountAsync(), Is.EqualTo(1), "the viewer's own");
    }

    [Test]
    public async Task What_is_pruned_is_told_with_its_totals()
    {
        var profile = folder.File("calls.prof");
        new Stats(SmallProfiles.Calls()).DumpStats(profile);
        var stats = await Statistics.Of(profile);
        await Browser.Prof("report", profile, "--max-nodes", "60", "-o", folder.File("pruned.html"));

        await using var report = await Browser.Open(folder.File("pruned.html"), "#view=tree");
        var rows = await report.Table(".view table");
        Assert.That(rows.Sum(row => ReportPage.Number(row["Calls"])), Is.EqualTo(stats.Calls), "the hot path is open: all is in sight");
        Assert.That(rows, Has.Count.InRange(50, 60));
        Assert.That(rows.Count(row => row["Method"].EndsWith("more", StringComparison.Ordinal)), Is.GreaterThan(10));
        Assert.That(await report.Text(".view .status"), Does.Match("[0-9]+ left out as sums"));
        await report.View("Table");
        CheckTable(await report.Table(".view table"), stats);
    }

    [Test]
    public async Task A_mere_table_has_the_views_that_need_no_tree()
    {
        var rows = new Stats(SmallProfiles.Shop()).ToArray();
        var table = folder.File("table.prof");
        new Stats(rows).DumpStats(table);
        await Browser.Prof("report", table);

        await using var report = await Browser.Open(folder.File("table.html"));
        Assert.That(await report.Page.Locator("[role=tab]").AllInnerTextsAsync(), Is.EqualTo(new[] { "Table", "Callers", "Source", "Facts" }));
        CheckTable(await report.Table(".view table"), await Statistics.Of(table));
        Assert.That(report.Errors, Is.Empty);
    }

    [TestCase("not a profile", "junk.prof")]
    [TestCase("", "empty.prof")]
    public async Task What_is_no_profile_is_an_error_that_names_it(string content, string name)
    {
        File.WriteAllText(folder.File(name), content);

        var (exitCode, _, errors) = await Browser.Prof("report", folder.File(name));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain(name).And.Contain("at byte 0"));
        Assert.That(File.Exists(folder.File(Path.ChangeExtension(name, ".html"))), Is.False);
    }

    static void CheckTable(List<Dictionary<string, string>> rows, Statistics stats)
    {
        var shown = rows.ConvertAll(row => FormattableString.Invariant(
            $"{row["Method"]} {row["Calls"]} {row.GetValueOrDefault("Primitive", row["Calls"])} {Figure(row, "Self")} {Figure(row, "Total")}"));
        var expected = stats.Methods.Select(method => FormattableString.Invariant(
            $"{method.Name} {method["ncalls"]} {method["pcalls"]} {method["tottime"]:R} {method["cumtime"]:R}"));
        Assert.That(shown, Is.EquivalentTo(expected));

        static string Figure(Dictionary<string, string> row, string name) =>
            row.TryGetValue(name, out var text) ? FormattableString.Invariant($"{ReportPage.Number(text):R}") : "0";
    }
}
