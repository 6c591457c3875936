namespace ProfilerWeaver.Tests.Store;

/// <summary>What is said of commands that cannot be done.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class StoreMistakeTests : IDisposable
{
    readonly StoreTool tool = new();

    public void Dispose() => tool.Dispose();

    [OneTimeSetUp]
    public void Add()
    {
        tool.Add(tool.Write("1.prof", RandomProfiles.Recording(1)));
        Directory.CreateDirectory(tool["empty"]);
        Directory.CreateDirectory(tool["newer"]);
        File.WriteAllText(tool["newer/profilerweaver.store"], """{"format":4,"entries":[]}""");
        Directory.CreateDirectory(tool["damaged"]);
        File.WriteAllText(tool["damaged/profilerweaver.store"], """{"format":3,"segments":""");
    }

    [TestCase("query|select 1|--store|nowhere", 1, "nowhere is not a store. dotnet prof-store add FILES --to nowhere makes one.")]
    [TestCase("add|1.prof|--to|.", 1, ". is neither a store nor empty. Choose another place for a new store.")]
    [TestCase("add|1.prof|--to|new|--label|version", 2, "expected KEY=VALUE, for example version=1.4, not 'version'.")]
    [TestCase("add|empty|--to|new", 1, "empty is a folder without .prof files.")]
    [TestCase("query|selec 1|--store|store", 1, "syntax error at or near \"selec\"")]
    [TestCase("rows|--store|store|--where|day=2000-01-01", 1, "the store has no profile with day=2000-01-01.")]
    [TestCase("trend|Nothing|--store|store", 1, "no such profile has a method 'Nothing'.")]
    [TestCase("query|select 1|--store|newer", 1, "is a store of format 4; this version of dotnet prof-store knows format 3. Update it.")]
    [TestCase("query|select 1|--store|damaged", 1, "profilerweaver.store, which says what is in the store, is damaged.")]
    [TestCase("add|no/**/*.prof|--to|new", 1, "no/**/*.prof matches no file.")]
    [TestCase("add|1.prof|--to|gs://bucket", 2, "gs://bucket: a store is in a folder, or at s3://BUCKET/PREFIX.")]
    [TestCase("add|1.prof|--to|s3:/bucket/store", 2, "s3:/bucket/store: a store is in a folder, or at s3://BUCKET/PREFIX.")]
    [TestCase("expire|--store|store|--older-than|30", 2, "expected a number of days such as 30d, not '30'.")]
    [TestCase("rows|--store|store|--memory|much", 2, "option --memory: expected a size such as 512MiB (units: KiB, MiB, GiB), not 'much'.")]
    [TestCase("query|select len(list(range)) from range(30000000)|--store|store|--memory|64MiB", 1, "this takes more than 64.00 MiB of memory, or than the disk of ")]
    [TestCase("query|select range from range(10000000)|--store|store|--memory|16MiB", 1, "which take more than 16.00 MiB of memory. Add a limit to the question, or give it more by --memory SIZE.")]
    [TestCase("rows", 2, "--store")]
    [TestCase("quary|select 1|--store|store", 2, "there is no command quary: did you mean query? See dotnet prof-store --help.")]
    [TestCase("report|--store|store", 2, "there is no command report: choose from add, query, rows, diff, trend, compact, expire. See dotnet prof-store --help.")]
    [TestCase("add|1.prof|--too|store", 2, "there is no option --too: did you mean --to? See dotnet prof-store --help.")]
    public void Mistakes_are_named(string arguments, int exitCode, string message)
    {
        var result = tool.Run(arguments.Split('|'));

        Assert.That(result.Errors, Does.Contain(message));
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((exitCode, "")));
    }

    [TestCase("add")]
    [TestCase("query")]
    [TestCase("rows")]
    [TestCase("diff")]
    [TestCase("trend")]
    [TestCase("compact")]
    [TestCase("expire")]
    public void The_help_of_a_verb_names_a_default_once(string verb) =>
        Assert.That(tool.Run(verb, "--help").Output, Does.Contain("Options:").And.Not.Match(@"(?mi)\bdefault\b.*\[default:"));

    [Test]
    public void What_takes_more_memory_than_it_may_goes_to_temporary_files_which_are_deleted()
    {
        tool.Environment["TMPDIR"] = Directory.CreateDirectory(tool["temporary"]).FullName;

        Assert.That(tool.Query("select count(distinct hash(range)) from range(5000000)", "--memory", "64MiB"), Is.EqualTo(new[] { "5000000" }));

        Assert.That(tool.PeakMemory, Is.LessThan(300 << 20));
        Assert.That(Directory.EnumerateFileSystemEntries(tool["temporary"]), Is.Empty);
    }
}
