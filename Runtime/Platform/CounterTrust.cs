#if NET8_0_OR_GREATER
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ProfilerWeaver;

/// <summary>
/// Whether the operating system keeps time by the processor's counter; what the processor says of itself is not enough, since a
/// kernel may have found that the counters of two processors differ, and a virtual machine may be moved.
/// </summary>
/// <param name="Source">By what the system keeps time, as far as it tells.</param>
/// <param name="Refusal">Why the counter is not to be used; null if it is.</param>
readonly unsafe partial record struct CounterTrust(string Source, string? Refusal)
{
    const string Folder = "/sys/devices/system/clocksource/clocksource0/";
    const string TimeStampCounter = "tsc";

    /// <summary>Asks the system of this machine.</summary>
    public static CounterTrust Find()
    {
        var isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (OperatingSystem.IsLinux())
            return OfLinux(ReadLine("current_clocksource"), isX64, () => ReadLine("available_clocksource"));
        return OperatingSystem.IsWindows() && isX64
            ? OfWindows(Stopwatch.Frequency, IsWine(), IsGuestWithoutSteadyCounter())
            // macOS allows no executable memory of the kind that reads it.
            : new("the system's clock", "only Linux, and Windows on x64, say that they keep time by it");
    }

    /// <summary>
    /// Linux names its clock source. On x64 a guest of KVM or Hyper-V has one that is computed from the time-stamp counter; it
    /// vouches for the counter as long as <c>tsc</c> is still available too, which a kernel takes off the list when it has found
    /// it unstable (kernel/time/clocksource.c, __clocksource_unstable; arch/x86/kernel/tsc.c, mark_tsc_unstable).
    /// </summary>
    /// <param name="current">The source in use.</param>
    /// <param name="isX64">Whether the counter is x64's; otherwise ARM64's.</param>
    /// <param name="available">All sources that could be used, with spaces between.</param>
    internal static CounterTrust OfLinux(string current, bool isX64, Func<string> available)
    {
        var counter = isX64 ? TimeStampCounter : "arch_sys_counter";
        if (current == counter)
            return new(current, null);
        if (!isX64 || current is not ("kvm-clock" or "hyperv_clocksource_tsc_page"))
            return new(current, $"Linux keeps time by {(current.Length == 0 ? "a source that it does not name" : current)}, not by {counter}");
        return Has(available(), TimeStampCounter)
            ? new(current, null)
            : new(current, $"Linux keeps time by {current} and does not offer tsc beside it, which it may have found unstable");
    }

    /// <summary>Windows reports 10 MHz exactly when its performance counter is the time-stamp counter ("Acquiring high-resolution
    /// time stamps", Microsoft Learn). Wine has 10 MHz in any case, whatever the system below it keeps time by. A guest may be
    /// moved to a machine with another frequency, unless the hypervisor says that it keeps it ("Hypervisor Top Level Functional
    /// Specification", CPUID leaf 0x40000003, EAX bit 15: AccessTscInvariantControls).</summary>
    internal static CounterTrust OfWindows(long frequency, bool isWine, bool isGuestWithoutSteadyCounter)
    {
        const string Source = "QueryPerformanceCounter";
        return isWine ? new(Source, "Wine does not say what it keeps time by")
            : frequency != 10_000_000 ? new(Source, "Windows does not keep time by it")
            : isGuestWithoutSteadyCounter ? new(Source, "this is a virtual machine that does not promise a steady counter")
            : new(Source, null);
    }

    static bool IsGuestWithoutSteadyCounter()
    {
        const int HypervisorBit = 1 << 31, SteadyBit = 1 << 15;
        const int Features = 0x40000003;
        return X86Base.IsSupported && (X86Base.CpuId(1, 0).Ecx & HypervisorBit) != 0 && (X86Base.CpuId(Features, 0).Eax & SteadyBit) == 0;
    }

    static bool Has(string names, string name)
    {
        for (var start = 0; start < names.Length;)
        {
            var end = names.IndexOf(' ', start);
            if (end < 0)
                end = names.Length;
            if (string.CompareOrdinal(names, start, name, 0, Math.Max(name.Length, end - start)) == 0)
                return true;
            start = end + 1;
        }
        return false;
    }

    // Only Wine's ntdll has this function (winehq.org, "wine_get_version").
    static bool IsWine()
    {
        fixed (byte* module = &"ntdll.dll\0"u8[0])
        fixed (byte* function = &"wine_get_version\0"u8[0])
        {
            var ntdll = GetModuleHandle(module);
            return ntdll != 0 && GetProcAddress(ntdll, function) != 0;
        }
    }

    // By system calls: what .NET loads for a file would cost each start of a program a millisecond.
    static string ReadLine(string name)
    {
        const int ReadOnly = 0, CloseOnExec = 0x80000, Longest = 256;
        var path = stackalloc byte[Longest];
        var length = 0;
        foreach (var character in Folder)
            path[length++] = (byte)character;
        foreach (var character in name)
            path[length++] = (byte)character;
        path[length] = 0;
        var file = Open(path, ReadOnly | CloseOnExec);
        if (file < 0)
            return "";
        var content = stackalloc byte[Longest];
        var read = (int)ReadFile(file, content, Longest);
        _ = Close(file);
        while (read > 0 && content[read - 1] is (byte)'\n' or (byte)' ')
            read--;
        var text = "";
        for (var i = 0; i < read; i++)
            text += (char)content[i];
        return text;
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadFile(int file, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("kernel32", EntryPoint = "GetModuleHandleA")]
    private static partial nint GetModuleHandle(byte* name);

    [LibraryImport("kernel32")]
    private static partial nint GetProcAddress(nint module, byte* name);
}
#endif
