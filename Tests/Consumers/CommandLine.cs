using System.Diagnostics;
using System.Text;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>A command that has run: its exit code and what it wrote to both streams.</summary>
sealed record CommandLine(int ExitCode, string Output)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="environment">Variables to set; those of the MSBuild and of the test host that we run under, and our
    /// own, are taken away.</param>
    public static CommandLine Run(
        string file, string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfOurHost).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // Its streams have to end, too: what it has left behind may hold them.
        using var timer = new CancellationTokenSource(Patience);
        try
        {
            process.WaitForExitAsync(timer.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} {string.Join(' ', start.ArgumentList)} did not end within {Patience}:\n{output}");
        }
        return new(process.ExitCode, output.ToString());
    }

    static bool IsOfOurHost(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("PROFILERWEAVER", StringComparison.OrdinalIgnoreCase);
}
