using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>A program that runs until somebody ends it, and what it has written so far.</summary>
sealed class BackgroundProgram : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly List<string> lines = [];

    public BackgroundProgram(
        string file, string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that the program has written.</summary>
    public string Output
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    /// <summary>Waits until the program has written something for the n-th time.</summary>
    public Match WaitFor(string pattern, int times = 1)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            var matches = Regex.Matches(Output, pattern);
            if (matches.Count >= times)
                return matches[times - 1];
            if (process.HasExited)
                break;
            Thread.Sleep(50);
        }
        throw new AssertionException($"\"{pattern}\" was not written {times} times within {Patience}:\n{Output}");
    }

    /// <summary>Asks the program to end, as a service manager does, and waits for it.</summary>
    public void Terminate()
    {
        using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
        }
        Assert.That(process.WaitForExit(Patience), $"did not end after SIGTERM:\n{Output}");
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    void Append(object sender, DataReceivedEventArgs line)
    {
        lock (lines)
            lines.Add(line.Data ?? "");
    }
}
