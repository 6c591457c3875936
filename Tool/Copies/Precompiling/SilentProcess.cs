using System.ComponentModel;
using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>A process that nobody sees.</summary>
static class SilentProcess
{
    /// <summary>Runs something to its end, without a word.</summary>
    public static (int ExitCode, string Said) Run(string command, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        // Nothing is left running.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, errors.Result + said);
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"{command} cannot be started: {e.Message}", cause: e);
        }
    }

    /// <summary>What of an output is worth to be told.</summary>
    public static string FirstLine(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(lines, line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault() ?? "it printed nothing";
    }
}
