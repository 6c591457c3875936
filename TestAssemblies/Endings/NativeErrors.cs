using System.Runtime.InteropServices;

namespace Scenarios;

/// <summary>Native calls that fail, and recorded calls between them and the reading of their errors: contexts and stacks that
/// grow all the while, threads that make their first call, checkpoints, and a signal.</summary>
static unsafe class NativeErrors
{
    const int BadFile = 9;
    const int Terminate = 15;

    static readonly delegate* unmanaged<int, int> ClosePointer = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(
        NativeLibrary.Load("libc", typeof(NativeErrors).Assembly, null), "close");

    static int wrong;

    public static int Run()
    {
        var signals = 0;
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Volatile.Write(ref signals, 1);
        });
        // What .NET has to find for a native call, it finds at the first one.
        Check();
        wrong = 0;
        Down(1000);
        for (var i = 0; i < 40; i++)
        {
            var thread = new Thread(() => Down(25), 4 << 20);
            thread.Start();
            thread.Join();
        }
        Kill(Environment.ProcessId, Terminate);
        while (Volatile.Read(ref signals) == 0)
            Down(25);
        Down(25);
        Console.WriteLine($"{wrong} wrong");
        return 0;
    }

    static void Down(int depth)
    {
        Check();
        if (depth > 0)
            Down(depth - 1);
    }

    static void Check()
    {
        Close(-1);
        Compare(LastPInvokeError());
        Close(-1);
        Compare(LastWin32Error());
        CloseOnly(-1);
        Compare(SystemError());
        CloseOnly(-1);
        Compare(ErrorByAnotherCall());
        ClosePointer(-1);
        Compare(SystemError());
    }

    static void Compare(int error)
    {
        if (error != BadFile)
            Interlocked.Increment(ref wrong);
    }

    static int LastPInvokeError() => Marshal.GetLastPInvokeError();

    static int LastWin32Error() => Marshal.GetLastWin32Error();

    static int SystemError() => Marshal.GetLastSystemError();

    static int ErrorByAnotherCall() => *ErrorLocation();

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    static extern int Close(int file);

    [DllImport("libc", EntryPoint = "close")]
    static extern int CloseOnly(int file);

    [DllImport("libc", EntryPoint = "__errno_location")]
    static extern int* ErrorLocation();

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Kill(int process, int signal);
}
