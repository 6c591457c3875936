using System.Globalization;
using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tool;

/// <summary>.NET's compiler of IL to the machine code of ReadyToRun images. It is the package that the SDK takes for
/// <c>PublishReadyToRun</c>, of the version of the .NET that is going to run the code.</summary>
sealed class Crossgen
{
    const string Name = "crossgen2";

    readonly string executable;

    Crossgen(string executable, string version)
    {
        this.executable = executable;
        Version = version;
    }

    public string Version { get; }

    // Windows and macOS are the same for all their versions; musl is not the C library that others are built for.
    static string System => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    static string Processor => RuntimeInformation.ProcessArchitecture.ToString().ToLower(CultureInfo.InvariantCulture);

    static string Platform
    {
        get
        {
            var id = RuntimeInformation.RuntimeIdentifier;
            var isMusl = id.Contains("musl", StringComparison.Ordinal) || id.Contains("alpine", StringComparison.Ordinal);
            return $"{System}{(isMusl ? "-musl" : "")}-{Processor}";
        }
    }

    /// <summary>The compiler for a program that is run here; restored by the SDK, if NuGet does not have it yet.</summary>
    /// <exception cref="ToolException">There is none; the message says why, as the end of a sentence.</exception>
    public static Crossgen For(TargetProgram program)
    {
        if (program.Host is not null && !OperatingSystem.IsLinux())
            throw new ToolException("its executable may be built for another processor than the tool; specify the .dll instead");
        var version = Frameworks.CoreVersionOf(program);
        var package = $"microsoft.netcore.app.crossgen2.{Platform}";
        var executable = In(UserPackages.Folder, package, version)
            ?? PackageRestore.Restore(package, version).Select(folder => In(folder, package, version)).FirstOrDefault(file => file is not null)
            ?? throw new ToolException($"{package} {version} has no {Name} in its tools folder");
        return new(executable, version);
    }

    /// <summary>Compiles an assembly. Its code holds for this version of the assembly, and whatever versions of the others are
    /// loaded: nothing but what .NET itself declares to be stable is compiled into it from them.</summary>
    /// <param name="input">The assembly, which is IL.</param>
    /// <param name="output">The image.</param>
    /// <param name="references">The assemblies that it may refer to, each with a name of its own.</param>
    /// <exception cref="ToolException">It cannot be compiled; the message says why, as the end of a sentence.</exception>
    public void Compile(string input, string output, IEnumerable<string> references)
    {
        // As the SDK does; there are too many references for a command line.
        var response = output + ".rsp";
        File.WriteAllLines(response,
        [
            $"\"{input}\"", $"--out:\"{output}\"", "-O", $"--targetos:{(System == "win" ? "windows" : System)}", $"--targetarch:{Processor}",
            .. references.Select(reference => $"-r:\"{reference}\""),
        ]);
        try
        {
            var (exitCode, said) = SilentProcess.Run(executable, [$"@{response}"]);
            if (exitCode != 0 || !File.Exists(output))
                throw new ToolException($"{Name} {Version} ended with exit code {exitCode}: {SilentProcess.FirstLine(said)}");
        }
        finally
        {
            File.Delete(response);
        }
    }

    static string? In(string packages, string package, string version)
    {
        var file = Path.Combine(packages, package, version.ToLowerInvariant(), "tools", OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        return File.Exists(file) ? file : null;
    }
}
