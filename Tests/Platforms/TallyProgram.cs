using System.Collections.Concurrent;
using System.Diagnostics;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The program that counts its own calls (<c>Tests/Platforms/Tally</c>), published for a platform.</summary>
sealed class TallyProgram
{
    static readonly TemporaryFolder Builds = new();
    static readonly ConcurrentDictionary<string, Lazy<TallyProgram>> Published = [];

    TallyProgram(string folder, string fileName) => (Folder, FileName) = (folder, fileName);

    /// <summary>Where it was published.</summary>
    public string Folder { get; }

    /// <summary>What is started there.</summary>
    public string FileName { get; }

    /// <summary>The program, woven, from the package under test.</summary>
    public static TallyProgram Publish(Platform platform, Form form) =>
        Published.GetOrAdd(string.Join(' ', [platform.RuntimeIdentifier, platform.Framework, .. form.Properties]),
            _ => new(() => new(Build(platform, form), platform.RuntimeIdentifier is null or "win-x64" ? "Tally.exe" : "Tally"))).Value;

    /// <summary>Copies it as it was compiled, before it was woven.</summary>
    public void CopyUnwoven(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Folder).Concat(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Folder)!, "obj", "unwoven"))))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Removes all that was built.</summary>
    public static void CleanUp() => Builds.Dispose();

    /// <summary>Starts it on a platform that it was published for.</summary>
    public WatchedProgram Start(Platform platform, Form form, string folder, params string[] arguments)
    {
        string[] command = [.. form.Wrapper, .. platform.Command(Path.Combine(Folder, FileName)), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PROFILERWEAVER", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PROFILERWEAVER_OUTPUT"] = form.OutputName;
        foreach (var (name, value) in platform.Environment.Concat(form.Environment))
            start.Environment[name] = value;
        return new(start);
    }

    /// <summary>Builds a project beside this file, with the package under test.</summary>
    /// <returns>The folder with the result.</returns>
    public static string Build(string project, params string[] arguments)
    {
        var source = CopySource(project);
        var output = Path.Combine(source, "out");
        Dotnet(source, [.. arguments, "-o", output]);
        return output;
    }

    static string Build(Platform platform, Form form)
    {
        string[] kind = platform.RuntimeIdentifier is { } identifier ? ["publish", "-r", identifier, "--self-contained"] : ["build"];
        var output = Build("Tally", [.. kind, "-c", "Release-Profiled", $"-p:TallyFramework={platform.Framework}",
            .. form.Properties.Select(property => $"-p:{property}")]);
        if (platform.RuntimeIdentifier is null)
            MonoFacade.MakeRunnable(Path.Combine(output, "netstandard.dll"));
        return output;
    }

    // A folder that everybody may enter, with no characters that compilers of others stumble over.
    static string CopySource(string project)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Builds.Location, (UnixFileMode)0b111_101_101);
        var target = Directory.CreateDirectory(Path.Combine(Builds.Location, Path.GetRandomFileName())).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(PackageFeed.Repository, "Tests", "Platforms", project)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        PackageFeed.Configure(target);
        return target;
    }

    static void Dotnet(string folder, params string[] arguments)
    {
        var result = CommandLine.Run("dotnet", folder, [.. arguments, "-nologo", "-v:q", "-m:1", "-p:UseSharedCompilation=true"],
            ("PackageUnderTest", PackageFeed.Version), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"));
        Assert.That(result.ExitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{result.Output}");
    }
}
