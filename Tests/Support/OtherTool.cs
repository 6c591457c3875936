using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ProfilerWeaver.Tests;

/// <summary>Runs the tools whose formats are written and read; <c>.ci/run</c> installs them.</summary>
static class OtherTool
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it prints.</returns>
    public static string Run(string command, params string[] arguments) => RunIn(Path.GetTempPath(), command, arguments);

    /// <summary>Runs a command in a folder.</summary>
    public static string RunIn(string folder, string command, params string[] arguments)
    {
        var (exitCode, output, errors) = Try(folder, command, arguments);
        Assert.That(exitCode, Is.Zero, $"{command} {string.Join(' ', arguments)}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Runs a command that may fail.</summary>
    public static (int ExitCode, string Output, string Errors) Try(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        // pprof and Go keep files at home, the daemon of Firefox's tool its socket.
        start.Environment["HOME"] = folder;
        start.Environment["GOCACHE"] = Path.Combine(folder, "go-cache");
        start.Environment["GO111MODULE"] = "off";
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!Task.WaitAll([errors, output, process.WaitForExitAsync()], Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{command} {string.Join(' ', arguments)} did not end within {Patience}");
            }
            return (process.ExitCode, output.Result, errors.Result);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"These tests need {command}, which .ci/run installs: {e.Message}", e);
        }
    }
}
