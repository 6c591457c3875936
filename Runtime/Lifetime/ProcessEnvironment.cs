#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace ProfilerWeaver;

/// <summary>The environment variables of the process. On Linux a value that it was started with is read without .NET,
/// which would take a millisecond to begin to.</summary>
static unsafe partial class ProcessEnvironment
{
    /// <summary>The value of a variable; null if there is none of that name.</summary>
    /// <param name="name">In ASCII.</param>
    public static string? Get(string name)
    {
#if NET8_0_OR_GREATER
        if (OperatingSystem.IsLinux())
        {
            var bytes = stackalloc byte[name.Length + 1];
            for (var i = 0; i < name.Length; i++)
                bytes[i] = (byte)name[i];
            bytes[name.Length] = 0;
            var value = GetVariable(bytes);
            if (value != null)
                return Utf8Text.Read(value);
        }
#endif
        return Environment.GetEnvironmentVariable(name);
    }

#if NET8_0_OR_GREATER
    [LibraryImport("libc", EntryPoint = "getenv")]
    private static partial byte* GetVariable(byte* name);
#endif
}
