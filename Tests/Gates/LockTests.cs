using ProfilerWeaver.Tests.Differences;

namespace ProfilerWeaver.Tests.Gates;

/// <summary>The lock file: its text, and what a profile that differs from it is told.</summary>
public class LockTests
{
    const string File = "profile.lock";

    [Test]
    public void It_has_a_line_a_method_with_calls_and_calls_per_caller() => Assert.That(Lock(DifferenceTests.Shop(queries: 2)).ToString(), Is.EqualTo("""
        # The calls that dotnet prof check expects (docs/compare.md). dotnet prof check --update FILE.prof writes it.
        Shop.Api.GetOrder	50	50 per Shop.Program.Main
        Shop.Program.Main	1
        Shop.Repository.Load	100	2 per Shop.Api.GetOrder
        Shop.Row.Read	300	3 per Shop.Repository.Load
        {Db.Command.Execute}	100	1 per Shop.Repository.Load

        """));

    [Test]
    public void It_is_read_as_it_was_written_and_holds([Range(1, 30)] int seed)
    {
        var profile = RandomProfiles.Recording(seed);

        var read = LockFile.Parse(File, Lock(profile).ToString());

        Assert.That(read.ToString(), Is.EqualTo(Lock(profile).ToString()));
        Assert.That(Check(read, profile), Is.Empty);
    }

    [Test]
    public void Any_other_profile_is_found([Range(1, 30)] int seed) =>
        Assert.That(Check(Lock(RandomProfiles.Recording(seed)), RandomProfiles.Recording(seed + 1000)), Is.Not.Empty);

    [Test]
    public void Fifteen_queries_instead_of_one_are_one_finding()
    {
        var finding = Check(Lock(DifferenceTests.Shop(queries: 1)), DifferenceTests.Shop(queries: 15)).Single();

        Assert.That(finding.Message, Is.EqualTo("Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)."));
        Assert.That(finding.Details, Is.EqualTo(["2 methods below it followed in the same ratio: Shop.Row.Read, {Db.Command.Execute}"]));
        Assert.That(finding.Method, Is.EqualTo(new MethodLabel("a.cs", 2, "Shop.Api.GetOrder")));
    }

    [Test]
    public void What_moved_and_what_seems_to_be_renamed_is_told_as_such()
    {
        var before = new TreeText().Add(1, "Main").Add(3, "Main", "Old").Add(2, "Main", "Parse").Add(1, "Main", "Other").Build();
        var after = new TreeText().Add(1, "Main").Add(3, "Main", "New").Add(1, "Main", "Other").Add(2, "Main", "Other", "Parse").Build();

        Assert.That(Check(Lock(before), after).Select(finding => finding.Message), Is.EqualTo(
        [
            "Parse is called by Other instead of Main (2 calls).",
            "Old is gone, and New has the same callers, callees and calls: renamed?",
        ]));
    }

    [Test]
    public void What_differs_between_runs_is_learned_and_no_longer_compared()
    {
        var runs = new[] { 5, 7, 6 }.Select(probes => Hashing(probes)).ToArray();

        var learned = LockFile.Parse(File, LockFile.Of([.. runs.Select(run => new GatedProfile(new(run)).Calls)]).ToString());

        Assert.That(learned.ToString(), Does.EndWith("Find\t4\t4 per Main\nMain\t1\nProbe\t~\nStep\t2\t2 by Probe\n"));
        Assert.That(Check(learned, Hashing(9)), Is.Empty);
        Assert.That(Check(learned, Hashing(9, finds: 5)).Single().Message, Is.EqualTo("Find: 4 → 5 per Main (4 → 5 calls)."));

        static ProfileData Hashing(int probes, int finds = 4) => new TreeText().Add(1, "Main").Add(finds, "Main", "Find")
            .Add(probes, "Main", "Find", "Probe").Add(2, "Main", "Find", "Probe", "Step").Build();
    }

    [Test]
    public void Reformatted_sources_change_nothing()
    {
        var profile = DifferenceTests.Shop();
        var moved = profile with { Methods = [.. profile.Methods.Select(label => label.IsExternal ? label : label with { Line = label.Line + 40, File = "b.cs" })] };

        Assert.That(Check(Lock(profile), moved), Is.Empty);
    }

    [TestCase("Main\tmany", "profile.lock(2): expected a method, a tab and the number of its calls, or ~.")]
    [TestCase("Main", "profile.lock(2): expected a method, a tab and the number of its calls, or ~.")]
    [TestCase("Main\t1\t3 times per Other", "profile.lock(2): expected '1 per CALLER' in place of '3 times per Other'.")]
    [TestCase("Main\t1\t3 per Other", "profile.lock(2): expected a line for the caller 'Other', too.")]
    [TestCase("<<<<<<< HEAD", "profile.lock(2): expected a method, a tab and the number of its calls, or ~.")]
    public void What_is_no_lock_file_is_an_error_with_file_and_line(string text, string reason) => Assert.That(
        () => LockFile.Parse(File, "# comment\n" + text + "\n"),
        Throws.TypeOf<FormatException>().With.Message.EqualTo(reason + " dotnet prof check --update writes the file anew."));

    static LockFile Lock(ProfileData profile) => LockFile.Of([new GatedProfile(new(profile)).Calls]);

    static IReadOnlyList<Finding> Check(LockFile expected, ProfileData profile) =>
        LockCheck.Check(File, expected, [new(new(profile))]).Findings;
}
