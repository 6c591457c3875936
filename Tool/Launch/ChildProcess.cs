using System.ComponentModel;
using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>A process that has run, with our streams, working directory and signals.</summary>
/// <param name="Id">Its process.</param>
/// <param name="ExitCode">Its exit code; 128 and the number of the signal if one has ended it.</param>
readonly record struct ChildProcess(int Id, int ExitCode)
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ToolException">It cannot be started.</exception>
    public static ChildProcess Run(ProcessStartInfo start)
    {
        using var signals = new SignalRelay();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"{start.FileName} cannot be started: {e.Message}", cause: e);
        }
        using (process)
        {
            signals.Target = process.Id;
            process.WaitForExit();
            return new(process.Id, process.ExitCode);
        }
    }
}
