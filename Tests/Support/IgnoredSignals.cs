using System.Globalization;
using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tests;

/// <summary>Signals that whoever started the tests ignores, as nohup and background jobs do, are not ignored by the programs
/// that the tests start.</summary>
[SetUpFixture]
public static partial class IgnoredSignals
{
    const int Hangup = 1, Interrupt = 2, Default = 0;

    [OneTimeSetUp]
    public static void Forget()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var signal in new[] { Hangup, Interrupt })
        {
            if ((Ignored() >> (signal - 1) & 1) != 0)
                Handle(signal, Default);
        }
    }

    // A bit for each signal (proc(5)).
    static ulong Ignored()
    {
        const string Field = "SigIgn:";
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        return ulong.Parse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);
}
