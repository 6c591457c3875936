using System.Diagnostics;
using System.Reflection;

namespace Scenarios;

/// <summary>Starts other processes.</summary>
static class Children
{
    public static int StartSelf()
    {
        using var child = Start("dotnet", Assembly.GetExecutingAssembly().Location, "Return", "0");
        Console.WriteLine(child.StandardOutput.ReadToEnd());
        child.WaitForExit();
        return child.ExitCode;
    }

    // The child lives on, with what it has inherited.
    public static int StartAndDie()
    {
        Start("sleep", "5");
        return Ending.Kill();
    }

    static Process Start(string file, params string[] arguments) => Process.Start(new ProcessStartInfo(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
