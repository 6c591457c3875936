using System.Runtime.InteropServices;

namespace Scenarios;

/// <summary>What programs do about signals.</summary>
static class Signals
{
    public static int Wait()
    {
        Console.WriteLine("waits");
        Thread.Sleep(Timeout.Infinite);
        return -1;
    }

    // As the generic host does: what is to be done is done by Main.
    public static int Handle()
    {
        using var told = new ManualResetEventSlim();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            told.Set();
        });
        return Continue(told);
    }

    public static int HandleKeyPress()
    {
        using var told = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            told.Set();
        };
        return Continue(told);
    }

    public static int Outlive()
    {
        using var told = new ManualResetEventSlim();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            told.Set();
        });
        Continue(told);
        return Wait();
    }

    static int Continue(ManualResetEventSlim told)
    {
        Console.WriteLine("waits");
        told.Wait();
        Work.Do();
        Console.WriteLine("goes on");
        return 5;
    }
}
