using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tool;

/// <summary>The hash functions that writing symbols and names of assemblies takes.</summary>
static partial class Cryptography
{
    /// <summary>Checks that there are some. On Linux, .NET takes them from OpenSSL, and ends the process when it is not
    /// there.</summary>
    /// <exception cref="ToolException">There are none.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && !IsInstalled())
        {
            throw new ToolException("weaving needs OpenSSL, which is not installed (libssl.so). Install it, for example the package " +
                "libssl3 or openssl-libs, or weave on another machine with dotnet prof weave.");
        }
    }

    static bool IsInstalled()
    {
        try
        {
            return IsOpenSslAvailable() != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A .NET that is linked to it.
            return true;
        }
    }

    [LibraryImport("libSystem.Security.Cryptography.Native.OpenSsl", EntryPoint = "CryptoNative_OpenSslAvailable")]
    private static partial int IsOpenSslAvailable();
}
