using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Runs the scenario program in a folder of the test's own, woven and as it was compiled.</summary>
public abstract class ProcessTest : IDisposable
{
    /// <summary>The file that a profile is written to by default.</summary>
    private protected const string DefaultName = "Scenarios.Endings.prof";

    /// <summary>The rows of the work that every run begins with.</summary>
    private protected static readonly string[] FirstWork =
    [
        "Program.Main 1/1",
        "Work.Do 1/1 < Program.Main 1/1",
        "Work.Step 3/3 < Work.Do 3/3",
        "Work.Leaf 6/6 < Work.Step 6/6",
    ];

    private protected static readonly WeaverSettings Woven = new() { Builtins = BuiltinCalls.None };

    /// <summary>The environment of programs that overflow their stack. Where that happens inside .NET while it holds a lock,
    /// the process hangs instead of ending, woven or not (docs/limits.md): so it is while .NET decides to compile a method
    /// again.</summary>
    private protected static readonly IReadOnlyDictionary<string, string> CompiledOnce =
        new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0" };

    /// <summary>The environment of programs for whose call trees there is no room at all.</summary>
    private protected static readonly IReadOnlyDictionary<string, string> NoRoom =
        new Dictionary<string, string> { ["PROFILERWEAVER_MEMORYLIMIT"] = "1KiB" };

    readonly TemporaryFolder folder = new();

    private protected string Folder => folder.Location;

    private protected string DefaultProfile => PathOf(DefaultName);

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string PathOf(string name) => folder.File(name);

    private protected ProgramStart Start(params string[] arguments) => new(Folder, arguments);

    /// <summary>Runs the woven program; unless told otherwise with nothing to complain about.</summary>
    private protected static async Task<ProgramResult> Run(
        ProgramStart start, int complaints = 0, WeaverSettings? settings = null)
    {
        var result = await WovenProgram.With(settings ?? Woven).Run(start);
        Assert.That(result.Complaints, Has.Length.EqualTo(complaints), result.Errors);
        return result;
    }

    /// <summary>As <see cref="Run"/>, and checks that the program does the same without the profiler.</summary>
    private protected static async Task<ProgramResult> RunUndisturbed(ProgramStart start, int complaints = 0)
    {
        var original = WovenProgram.Original.Run(start);
        var woven = await Run(start, complaints);
        var expected = await original;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(woven.Output, Is.EqualTo(expected.Output));
            Assert.That(woven.ExitCode, Is.EqualTo(expected.ExitCode));
            Assert.That(woven.OwnErrors, Is.EqualTo(expected.Errors));
        }
        return woven;
    }

    /// <summary>Checks the rows of the profile at <paramref name="path"/>, and that nothing else is left.</summary>
    private protected void ExpectProfile(string path, params string[] rows)
    {
        Assert.That(CallCounts.In(path), Is.EquivalentTo(rows));
        Assert.That(File.Exists(path + ".live"), Is.False);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.tmp"), Is.Empty);
    }
}
