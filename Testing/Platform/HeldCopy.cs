using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProfilerWeaver.TestingPlatform;

/// <summary>A woven copy of the test project, which <c>dotnet-prof</c> makes and keeps until this is disposed of.</summary>
sealed class HeldCopy : IDisposable
{
    /// <summary>The variable by which the host of .NET is told what to load in place of originals.</summary>
    public const string DependenciesVariable = "DOTNET_ADDITIONAL_DEPS";

    readonly Process tool;

    HeldCopy(Process tool, string dependencies)
    {
        this.tool = tool;
        Dependencies = dependencies;
    }

    /// <summary>The list of them.</summary>
    public string Dependencies { get; }

    /// <exception cref="InvalidOperationException">It cannot be made; the message says why.</exception>
    public static async Task<HeldCopy> MakeAsync(string assembly)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "profilerweaver", "dotnet-prof.dll");
        if (!File.Exists(program))
            throw new InvalidOperationException($"{program} is missing. Build the test project again; it comes with the package.");
        var start = new ProcessStartInfo(Host, [program, TestMember.HoldVerb, assembly])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the tests run on may be older than what weaves.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        var tool = Process.Start(start)!;
        if (await tool.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } dependencies)
        {
            tool.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                    Console.Error.WriteLine(text);
            };
            tool.BeginErrorReadLine();
            return new(tool, dependencies);
        }
        using (tool)
            throw new InvalidOperationException((await tool.StandardError.ReadToEndAsync().ConfigureAwait(false)).Trim());
    }

    public void Dispose()
    {
        tool.StandardInput.Close();
        tool.Dispose();
    }

    // That of the SDK, if it has started this process, otherwise the one that runs it.
    static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
