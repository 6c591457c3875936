using System.Diagnostics;
using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>ClickHouse, which knows nothing of a store but its files.</summary>
static class ClickHouse
{
    static readonly string Source = Path.Combine(PackageFeed.Repository, "Tests", "Store", "Engines");

    static readonly Lazy<string> Folder = new(() => NpmFolder.Install(Source, "engines"));

    /// <summary>Asks in SQL, and gives each row as a text.</summary>
    public static string[] Query(string store, string sql)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Source, "clickhouse.js"), Path.Combine(Folder.Value, "node_modules", "chdb"), store])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(sql);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.GetAwaiter().GetResult());
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => string.Join(' ', JsonDocument.Parse(row).RootElement.EnumerateArray()))];
    }
}
