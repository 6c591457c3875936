using System.Diagnostics;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The tool as it is packed, and then installed from the packages in a folder of its own.</summary>
sealed class InstalledTool : IDisposable
{
    static readonly string[] Linkers = ["clang", "gcc"];

    readonly TemporaryFolder temporary = new();

    InstalledTool(params (string Name, string Value)[] environment)
    {
        var packages = temporary.File("packages");
        PackOutput = Run(["pack", Path.Combine(PackageFeed.Repository, "Tool"), "-c", Configuration, "-o", packages],
            [("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"), .. environment]);
        Run(["tool", "install", "dotnet-prof", "--tool-path", Folder, "--add-source", packages, "--no-cache", "--version", VersionIn(packages)],
            ("NUGET_PACKAGES", temporary.File("cache")));
    }

    /// <summary>The folder in which it is installed.</summary>
    public string Folder => temporary.File("tools");

    /// <summary>The command.</summary>
    public string Command => Path.Combine(Folder, OperatingSystem.IsWindows() ? "dotnet-prof.exe" : "dotnet-prof");

    /// <summary>What was written while it was packed.</summary>
    public string PackOutput { get; }

    /// <summary>Whether the pack has not said that it is managed.</summary>
    public bool IsNative => !PackOutput.Contains("packed without native code", StringComparison.Ordinal);

    /// <summary>Whether it has to be native here, where a linker is found in PATH. The package of the compiler may be out
    /// of reach, which is then said.</summary>
    public bool CanBeNative => !PackOutput.Contains("the compiler is not available", StringComparison.Ordinal)
        && Linkers.Any(linker => Find(linker) != null);

    static string Configuration => Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!;

    /// <summary>Packs it and installs it.</summary>
    public static InstalledTool Install() => new();

    /// <summary>The same where no linker is found.</summary>
    public static InstalledTool InstallWithoutLinker()
    {
        using var path = new TemporaryFolder();
        File.CreateSymbolicLink(path.File("sh"), "/bin/sh");
        // Without git, what is packed would be built again with another version, and stay in the repository's bin folders.
        if (Find("git") is { } git)
            File.CreateSymbolicLink(path.File("git"), git);
        File.CreateSymbolicLink(path.File("dotnet"), Path.GetFullPath(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet")));
        return new(("PATH", path.Location));
    }

    /// <summary>Starts it as <paramref name="tool"/> is started.</summary>
    public RunningTool Begin(ProfTool tool, params string[] arguments) =>
        new(Process.Start(tool.Start(Command, arguments))!, TimeSpan.FromMinutes(2));

    /// <summary>Runs it to its end.</summary>
    public ToolResult Run(ProfTool tool, params string[] arguments)
    {
        using var running = Begin(tool, arguments);
        return running.End();
    }

    public void Dispose() => temporary.Dispose();

    static string? Find(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);

    // There may be a newer commit than that of the tests.
    static string VersionIn(string packages)
    {
        const string Prefix = "dotnet-prof.";
        return Directory.GetFiles(packages, Prefix + "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..])
            .Single(rest => char.IsAsciiDigit(rest[0]));
    }

    string Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        var result = CommandLine.Run("dotnet", temporary.Location, arguments, environment);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output;
    }
}
