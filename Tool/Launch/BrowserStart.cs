using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>Opens a file in the browser.</summary>
static class BrowserStart
{
    // On a machine without a browser xdg-open says so of each that it has looked for.
    const string Quiet = "exec xdg-open \"$0\" > /dev/null 2>&1";

    // It returns at once, unless it has become the browser itself.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Opens it, and does not wait for the browser.</summary>
    /// <returns>Why that could not be done; null if it was.</returns>
    public static string? Try(string file)
    {
        var path = Path.GetFullPath(file);
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
                return null;
            }
            using var opener = Process.Start("/bin/sh", ["-c", Quiet, path]);
            return !opener.WaitForExit(Patience) || opener.ExitCode == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"xdg-open ended with exit code {opener.ExitCode}");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return e.Message;
        }
    }
}
