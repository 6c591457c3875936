using System.Diagnostics;
using System.Text.Json;

namespace ProfilerWeaver.Tests.Store;

/// <summary>ClickHouse, which knows nothing of a store but its files.</summary>
static class ClickHouse
{
    /// <summary>Asks in SQL, and gives each row as a text.</summary>
    /// <param name="store">Its folder, or its address at an <see cref="S3Server"/>.</param>
    /// <param name="sql">The question.</param>
    public static string[] Query(string store, string sql)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [EnginesFolder.Script("clickhouse.js"), EnginesFolder.Package("chdb"), store])
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
