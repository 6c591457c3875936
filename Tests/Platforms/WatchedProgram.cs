using System.Diagnostics;
using System.Text;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>A program that is waited for, but not for ever: whatever it does not say, and whoever else holds its streams (Wine's
/// server has those of the program that started it).</summary>
sealed class WatchedProgram : IDisposable
{
    // An emulated one on a machine that does something else.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Process process;
    readonly Task<string> errors;
    readonly StringBuilder output = new();

    public WatchedProgram(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Tools.Explain(start.FileName, () => Process.Start(start)!);
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Waits until it prints a line.</summary>
    public async Task WaitFor(string expected)
    {
        while (await ReadLine() is var line && line != expected)
            Assert.That(line, Is.Not.Null, $"it has ended without \"{expected}\": {(line is null ? await Patiently(errors) : "")}");
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> End()
    {
        while (await ReadLine() is not null)
        {
        }
        await Patiently(process.WaitForExitAsync());
        return (process.ExitCode, output.ToString(), await Patiently(errors));
    }

    public void Dispose() => process.Dispose();

    async Task<string?> ReadLine()
    {
        var line = (await Patiently(process.StandardOutput.ReadLineAsync()))?.TrimEnd('\r');
        output.Append(line).Append('\n');
        return line;
    }

    async Task<T> Patiently<T>(Task<T> task)
    {
        await Patiently((Task)task);
        return await task;
    }

    async Task Patiently(Task task)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} "
                + $"has said nothing, and not ended, for {Patience}. Before that:\n{output}", e);
        }
    }
}
