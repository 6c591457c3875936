using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>The tool as <c>dotnet build</c> leaves it, and a folder with profiles and a store.</summary>
sealed class StoreTool : IDisposable
{
    static readonly string Assembly = Path.Combine(PackageFeed.Repository, "Store", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "dotnet-prof-store.dll");

    readonly TemporaryFolder folder = new();

    /// <param name="server">An object store that has the store; null: it is in the folder.</param>
    public StoreTool(S3Server? server = null)
    {
        (Store, Address) = server is null ? (this["store"], this["store"]) : ("s3://profiles/store", $"{server.Address}/profiles/store");
        foreach (var (name, value) in server?.Environment ?? [])
            Environment[name] = value;
        Environment["DOTNET_PROF_STORE_CACHE"] = this["cache"];
    }

    /// <summary>The store, which is not made before something is added.</summary>
    public string Store { get; }

    /// <summary>Where other engines find it.</summary>
    public string Address { get; }

    /// <summary>The variables that the tool is given.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The file that says what is in it.</summary>
    public string Manifest => Path.Combine(Store, "profilerweaver.store");

    /// <summary>The most bytes of memory that a run has taken.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string file] => folder.File(file);

    /// <summary>Writes a profile.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ProfileData profile)
    {
        ProfFile.Write(profile, this[name]);
        return this[name];
    }

    /// <summary>Runs the tool.</summary>
    /// <returns>Its exit code, and what it wrote to stdout and stderr.</returns>
    public (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder.Location,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = System.Diagnostics.Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        // What Linux tells is the most so far; a process that has ended has none.
        while (!process.WaitForExit(10))
        {
            try
            {
                process.Refresh();
                PeakMemory = Math.Max(PeakMemory, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It has ended since.
            }
        }
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Adds profiles.</summary>
    /// <returns>What it said.</returns>
    public string Add(params string[] arguments)
    {
        var (exitCode, output, errors) = Run(["add", "--to", Store, .. arguments]);
        Assert.That((exitCode, output), Is.EqualTo((0, "")), errors);
        return errors;
    }

    /// <summary>Asks something that has an answer, with nothing to warn of.</summary>
    public JsonElement[] Ask(params string[] arguments)
    {
        var (exitCode, output, errors) = Run([.. arguments, "--store", Store, "--format", "json"]);
        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
    }

    /// <summary>Asks in SQL, and gives each row as a text.</summary>
    public string[] Query(string sql, params string[] options) =>
        Array.ConvertAll(Ask(["query", sql, .. options]), row => string.Join(' ', row.EnumerateObject().Select(cell => cell.Value.ToString())));

    public void Dispose() => folder.Dispose();
}
