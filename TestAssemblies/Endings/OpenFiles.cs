using System.Runtime.InteropServices;

namespace Scenarios;

/// <summary>What a program may do to the files that it has open, and to those that it could open.</summary>
static class OpenFiles
{
    struct Limit
    {
        public nuint Soft, Hard;
    }

    // A file in the place of its folder is what the recorder complains of in the end.
    public static int ReplaceErrors(string folder)
    {
        const int errors = 2, closeOnExec = 0x80000;
        using var own = File.OpenHandle("own.txt", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        Console.WriteLine(Duplicate((int)own.DangerousGetHandle(), errors, closeOnExec));
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
        return 0;
    }

    public static int Exhaust()
    {
        const int openFiles = 7;
        var limit = new Limit { Soft = 3, Hard = 3 };
        Console.WriteLine(SetLimit(openFiles, ref limit));
        return 0;
    }

    [DllImport("libc", EntryPoint = "dup3")]
    static extern int Duplicate(int file, int number, int flags);

    [DllImport("libc", EntryPoint = "setrlimit")]
    static extern int SetLimit(int kind, ref Limit limit);
}
