using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The processor's counter of cycles of constant length, read by a few bytes of machine code, since .NET has no
/// intrinsic for it: half the price of <see cref="Stopwatch.GetTimestamp"/>. On x64 the time-stamp counter, on ARM64 the
/// virtual counter. Used only where it is a clock: it must tick at a constant rate in every power state (x64: CPUID leaf
/// 0x80000007, bit 8, Intel SDM vol. 3, "Invariant TSC"; ARM64: by definition, Arm ARM, "Generic Timer"), the operating
/// system must itself keep time by it (CounterTrust.cs), and executable memory must be allowed.
/// PROFILERWEAVER_TSC=0 forbids it; 1 takes it where the system does not trust it, but the processor says that it is steady.
/// </summary>
static unsafe partial class CycleCounter
{
#if NET8_0_OR_GREATER
    const int PageSize = 4096;

    // Where the code begins that asks the processor whether its counter is sound. .NET can ask, too, but would have to
    // load and compile for a millisecond each time a program starts.
    const int AskProcessor = 16;

    // rdtsc; shl rdx, 32; or rax, rdx; ret
    //
    // push rbx; mov eax, 0x80000000; cpuid; cmp eax, 0x80000007; jb none
    // mov eax, 0x80000007; cpuid; mov eax, edx; pop rbx; ret
    // none: xor eax, eax; pop rbx; ret
    static ReadOnlySpan<byte> ReadTimeStampCounter =>
    [
        0x0F, 0x31, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC,
        0x53, 0xB8, 0x00, 0x00, 0x00, 0x80, 0x0F, 0xA2, 0x3D, 0x07, 0x00, 0x00, 0x80, 0x72, 0x0B,
        0xB8, 0x07, 0x00, 0x00, 0x80, 0x0F, 0xA2, 0x89, 0xD0, 0x5B, 0xC3,
        0x31, 0xC0, 0x5B, 0xC3,
    ];

    // mrs x0, cntvct_el0; ret
    static ReadOnlySpan<byte> ReadVirtualCounter => [0x40, 0xE0, 0x3B, 0xD5, 0xC0, 0x03, 0x5F, 0xD6];

    static Architecture Processor => RuntimeInformation.ProcessArchitecture;

    /// <summary>What the counter is called on this processor.</summary>
    public static string Name => Processor == Architecture.X64 ? "time-stamp counter" : "virtual counter";

    /// <summary>Calls the code that <see cref="TryMakeReader"/> made.</summary>
    public static long Read(nint code) => ((delegate* unmanaged[SuppressGCTransition]<long>)code)();

    /// <summary>The address of code that reads the counter, or 0 where it cannot serve as a clock.</summary>
    public static nint TryMakeReader()
    {
        try
        {
            var wish = Environment.GetEnvironmentVariable(EnvironmentVariable.CycleCounter);
            if (wish == "0" || (wish != "1" && CounterTrust.Find().Refusal is not null))
                return 0;
            var code = Processor switch
            {
                Architecture.X64 => PlaceCode(ReadTimeStampCounter),
                Architecture.Arm64 => PlaceCode(ReadVirtualCounter),
                _ => 0,
            };
            return code != 0 && TicksSteadily(code) ? code : 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>Whether the processor says that its counter ticks at a constant rate.</summary>
    /// <param name="code">What <see cref="TryMakeReader"/> makes.</param>
    static bool TicksSteadily(nint code)
    {
        const int InvariantBit = 1 << 8;
        return Processor == Architecture.Arm64 || (Read(code + AskProcessor) & InvariantBit) != 0;
    }

    // Writable first, executable afterwards, never both.
    static nint PlaceCode(ReadOnlySpan<byte> code) =>
        OperatingSystem.IsWindows() ? PlaceOnWindows(code) : PlaceOnPosix(code);

    static nint PlaceOnWindows(ReadOnlySpan<byte> code)
    {
        const uint CommitAndReserve = 0x3000, ReadWrite = 0x04, ExecuteRead = 0x20;
        var page = VirtualAlloc(0, PageSize, CommitAndReserve, ReadWrite);
        if (page == 0)
            return 0;
        Copy(code, page);
        return VirtualProtect(page, PageSize, ExecuteRead, out _) != 0 ? page : 0;
    }

    static nint PlaceOnPosix(ReadOnlySpan<byte> code)
    {
        const int Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22;
        var page = Mmap(0, PageSize, Read | Write, PrivateAnonymous, -1, 0);
        if (page == -1)
            return 0;
        Copy(code, page);
        if (Mprotect(page, PageSize, Read | Execute) == 0)
            return page;
        _ = Munmap(page, PageSize);
        return 0;
    }

    static void Copy(ReadOnlySpan<byte> code, nint page)
    {
        for (var i = 0; i < code.Length; i++)
            ((byte*)page)[i] = code[i];
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Mprotect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Munmap(nint address, nint length);

    [LibraryImport("kernel32")]
    private static partial nint VirtualAlloc(nint address, nint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualProtect(nint address, nint size, uint protection, out uint oldProtection);
#else
    /// <summary>What the counter is called on this processor.</summary>
    public static string Name => "";

    /// <summary>The counter needs function pointers that skip the GC transition, which this target does not have.</summary>
    public static nint TryMakeReader() => 0;

    /// <summary>Never called: there is no code to call.</summary>
    public static long Read(nint code) => throw new PlatformNotSupportedException();
#endif
}
