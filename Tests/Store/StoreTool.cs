using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>The tool as <c>dotnet build</c> leaves it, and a folder with profiles and a store.</summary>
sealed class StoreTool : IDisposable
{
    static readonly string Assembly = Path.Combine(PackageFeed.Repository, "Store", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "dotnet-prof-store.dll");

    readonly TemporaryFolder folder = new();

    /// <summary>The folder of the store, which is not made before something is added.</summary>
    public string Store => this["store"];

    /// <summary>The file that says what is in it.</summary>
    public string Manifest => Path.Combine(Store, "profilerweaver.store");

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
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder.Location,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
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
    public string[] Query(string sql) =>
        Array.ConvertAll(Ask("query", sql), row => string.Join(' ', row.EnumerateObject().Select(cell => cell.Value.ToString())));

    public void Dispose() => folder.Dispose();
}
