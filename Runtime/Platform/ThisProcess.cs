using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>What the running program is called, and who has started it.</summary>
static partial class ThisProcess
{
    /// <summary>The name of the program: its entry assembly's, or the executable's if it was not started by
    /// .NET.</summary>
    public static string Name { get; } = FindName();

    /// <summary>The operating system's number for the process.</summary>
    public static int Id { get; } = FindId();

    /// <summary>Whether a process has started this one and still runs; true where that cannot be told.</summary>
    public static bool IsChildOf(int process)
    {
#if NET8_0_OR_GREATER
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            return GetParentId() == process;
        }
        catch (Exception e) when (LinuxMemory.IsUnknown(e))
        {
            return true;
        }
#else
        return true;
#endif
    }

    static string FindName()
    {
        if (Assembly.GetEntryAssembly() is not { } program)
            return FindExecutable();
        // As in "App, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null", which is quicker to come by than the parts;
        // a backslash escapes what else would end the name.
        var name = program.FullName ?? "";
        for (var end = 0; end < name.Length && name[end] != '\\'; end++)
        {
            if (name[end] == ',')
                return name.Substring(0, end);
        }
        return program.GetName().Name ?? "";
    }

    // Apart: System.Diagnostics.Process is to be loaded only where it is needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static string FindExecutable()
    {
        using var process = Process.GetCurrentProcess();
        return process.ProcessName;
    }

    static int FindId()
    {
#if NET8_0_OR_GREATER
        return Environment.ProcessId;
#else
        using var process = Process.GetCurrentProcess();
        return process.Id;
#endif
    }

#if NET8_0_OR_GREATER
    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();
#endif
}
