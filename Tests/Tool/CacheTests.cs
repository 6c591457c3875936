namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>A program is woven once, and again when it or what was asked for has changed; the original stays what it
/// is.</summary>
public sealed class CacheTests : IDisposable
{
    readonly ProfTool tool = new(hasOwnCache: true);

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_second_run_weaves_nothing()
    {
        tool.Run(ToolApps.Assembly("Shop"), "sell", "tea");
        var before = State();

        tool.Run("-s", "calls", "-n", "3", ToolApps.Assembly("Shop"), "sell", "coffee");

        Assert.That(State(), Is.EqualTo(before).And.Not.Empty);
    }

    [Test]
    public void A_touched_program_of_the_same_content_is_not_woven_again()
    {
        var program = Copy("touched");
        tool.Run(program, "sell", "tea");
        var (before, copies) = (State(), Copies());

        File.SetLastWriteTimeUtc(program, DateTime.UtcNow);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(program)!, "log.txt"), "");

        Assert.That(tool.Run(program, "sell", "tea").ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(State(), Is.SupersetOf(before));
        Assert.That(Copies(), Is.EqualTo(copies), "no other copy was made");
    }

    [Test]
    public void A_changed_program_and_other_settings_are_woven_again()
    {
        var program = Copy("changed");
        tool.Run(program, "sell", "tea");
        var first = Copies();

        var other = tool.Run("--exclude", "Stock", program, "sell", "tea");
        var second = Copies();
        File.Copy(ToolApps.Assembly("Localized"), Path.Combine(Path.GetDirectoryName(program)!, "Stock.dll"), overwrite: true);
        var changed = tool.Run(program, "sell", "tea");

        Assert.That(other.Rows.Select(row => row.Label), Has.None.Contains("Stock"));
        Assert.That(second, Has.Count.EqualTo(first.Count + 1));
        Assert.That(Copies(), Has.Count.EqualTo(second.Count + 1));
        Assert.That(changed.Errors, Does.Contain("FileNotFoundException"), "there is no Stock in it any longer");
    }

    [Test]
    public void The_original_is_not_touched()
    {
        var program = Copy("original");
        var before = Contents();

        tool.Run(program, "sell", "tea");

        Assert.That(Contents(), Is.EqualTo(before));

        Dictionary<string, string> Contents() => Directory.GetFiles(Path.GetDirectoryName(program)!)
            .ToDictionary(file => file, file => File.GetLastWriteTimeUtc(file) + Convert.ToHexString(File.ReadAllBytes(file)));
    }

    [Test]
    public void New_content_files_are_found()
    {
        var program = Copy("content");
        tool.Run(program, "sell", "tea");

        File.Delete(Path.Combine(Path.GetDirectoryName(program)!, "greeting.txt"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(program)!, "greeting.txt"), "come in");

        Assert.That(tool.Run(program, "surroundings").ProgramOutput, Does.Contain("come in"));
    }

    [Test]
    public void A_copy_that_was_cleaned_up_in_part_is_made_again()
    {
        var program = Copy("cleaned");
        tool.Run(program, "sell", "tea");
        foreach (var copy in Copies())
            File.Delete(Path.Combine(copy, "app", "Shop.dll"));

        var result = tool.Run(program, "sell", "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(result.Rows, Is.Not.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void A_cache_that_cannot_be_written_says_what_to_do()
    {
        tool.Environment["DOTNET_PROF_CACHE"] = "/proc/cache";

        var result = tool.Run(ToolApps.Assembly("Shop"), "sell", "tea");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.Contain("/proc/cache").And.Contain("Set DOTNET_PROF_CACHE to a writable "));
    }

    [Test]
    [Platform("Linux")]
    public void P5_A_user_without_a_home_has_a_cache_among_temporary_files()
    {
        Directory.CreateDirectory(tool["temporary"]);
        tool.Environment["DOTNET_PROF_CACHE"] = tool.Environment["XDG_CACHE_HOME"] = "";
        tool.Environment["HOME"] = "/proc/home";
        tool.Environment["TMPDIR"] = tool["temporary"];

        var result = tool.Run(ToolApps.Assembly("Shop"), "sell", "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"), result.Errors);
        Assert.That(Directory.GetDirectories(tool["temporary"], "dotnet-prof-*").Single(),
            Does.Match(@"/dotnet-prof-\d+$"));
        Assert.That(Directory.Exists(tool[".cache"]), Is.False, "nor is it the current folder");
    }

    string Copy(string name)
    {
        var source = Path.GetDirectoryName(ToolApps.Assembly("Shop"))!;
        var target = Directory.CreateDirectory(tool[name]).FullName;
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return Path.Combine(target, "Shop.dll");
    }

    List<string> State() => [.. Copies()
        .SelectMany(copy => Directory.EnumerateFiles(Path.Combine(copy, "app"), "*", SearchOption.AllDirectories))
        .Select(entry => entry + File.GetLastWriteTimeUtc(entry).Ticks).Order()];

    List<string> Copies() => [.. Directory.GetDirectories(Path.Combine(tool.Cache, "copies")).Order()];
}
