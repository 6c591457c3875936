#if !NET8_0_OR_GREATER
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>The numbers of errors that newer versions of .NET let everybody set.</summary>
static unsafe class NativeErrors
{
    // Of .NET 6 and newer, and of what was before it.
    static readonly Action<int>? SetOfInvoke = Setter("SetLastPInvokeError") ?? Setter("SetLastWin32Error");
    static readonly Place SystemPlace = FindPlace();

    enum Place
    {
        None,
        Windows,
        Linux,
        Apple,
    }

    /// <summary>What <see cref="Marshal.GetLastWin32Error"/> returns; cannot be set everywhere.</summary>
    public static int OfInvoke
    {
        get => Marshal.GetLastWin32Error();
        set => SetOfInvoke?.Invoke(value);
    }

    /// <summary>The system's own number of the calling thread; always 0 where it cannot be reached.</summary>
    public static int System
    {
        get => SystemPlace switch
        {
            Place.Windows => GetOnWindows(),
            Place.Linux => *PlaceOnLinux(),
            Place.Apple => *PlaceOnApple(),
            _ => 0,
        };
        set
        {
            switch (SystemPlace)
            {
                case Place.Windows: SetOnWindows(value); break;
                case Place.Linux: *PlaceOnLinux() = value; break;
                case Place.Apple: *PlaceOnApple() = value; break;
            }
        }
    }

    static Action<int>? Setter(string name) => typeof(Marshal).GetMethod(
        name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, null, [typeof(int)], null) is { } method
            ? (Action<int>)method.CreateDelegate(typeof(Action<int>))
            : null;

    static Place FindPlace()
    {
        try
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                _ = GetOnWindows();
                return Place.Windows;
            }
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
                ? PlaceOnLinux() != null ? Place.Linux : Place.None
                : PlaceOnApple() != null ? Place.Apple : Place.None;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return Place.None;
        }
    }

    // A method for each system: .NET may look for what a method imports when it compiles it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static int GetOnWindows() => GetLastError();

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void SetOnWindows(int value) => SetLastError(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int* PlaceOnLinux() => ErrorLocation();

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int* PlaceOnApple() => Error();

    [DllImport("kernel32")]
    static extern int GetLastError();

    [DllImport("kernel32")]
    static extern void SetLastError(int error);

    [DllImport("libc", EntryPoint = "__errno_location")]
    static extern int* ErrorLocation();

    [DllImport("libc", EntryPoint = "__error")]
    static extern int* Error();
}
#endif
