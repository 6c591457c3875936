using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>A woven copy of a program, which <c>dotnet-prof</c> makes and keeps until this is disposed of.</summary>
sealed class HeldCopy : IDisposable
{
    // By which the host of .NET is told what to load in place of originals.
    const string DependenciesVariable = "DOTNET_ADDITIONAL_DEPS";

    readonly Process process;

    HeldCopy(Process process, string dependencies)
    {
        this.process = process;
        Dependencies = dependencies;
    }

    // The list of them.
    string Dependencies { get; }

    /// <summary>What the environment of a process has if it runs the copy, records it, and writes a profile.</summary>
    /// <param name="output">The profile's path.</param>
    public IEnumerable<(string Variable, string Value)> Variables(string output)
    {
        var others = Environment.GetEnvironmentVariable(DependenciesVariable);
        yield return (DependenciesVariable, string.IsNullOrEmpty(others) ? Dependencies : Dependencies + Path.PathSeparator + others);
        yield return (EnvironmentVariable.AutoStart, "1");
        // A brace in a path is none of a placeholder.
        yield return (EnvironmentVariable.Output, output.Replace("{", Placeholder.Brace, StringComparison.Ordinal));
    }

    /// <param name="command">One of <see cref="HoldCommand"/>.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="tool">The folder of the tool.</param>
    /// <exception cref="InvalidOperationException">It cannot be made; the message says why.</exception>
    public static async Task<HeldCopy> MakeAsync(string command, string assembly, string tool)
    {
        var program = Path.Combine(tool, "dotnet-prof.dll");
        if (!File.Exists(program))
            throw new InvalidOperationException($"{program} is missing. Build the project again; it comes with the package.");
        var start = new ProcessStartInfo(Host, [program, command, assembly])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the tests run on may be older than what weaves.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } dependencies)
        {
            process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                    Console.Error.WriteLine(text);
            };
            process.BeginErrorReadLine();
            return new(process, dependencies);
        }
        using (process)
            throw new InvalidOperationException((await process.StandardError.ReadToEndAsync().ConfigureAwait(false)).Trim());
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.Dispose();
    }

    // That of the SDK, if it has started this process, otherwise the one that runs it.
    static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
