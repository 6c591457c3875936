using System.Collections.Concurrent;
using System.Diagnostics;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The program that counts its own calls (<c>Tests/Platforms/Tally</c>), published for a platform.</summary>
sealed class TallyProgram
{
    static readonly TemporaryFolder Builds = new();
    static readonly ConcurrentDictionary<string, Lazy<TallyProgram>> Published = [];

    TallyProgram(string folder) => Folder = folder;

    /// <summary>Where it was published.</summary>
    public string Folder { get; }

    /// <summary>The program, woven, from the package under test.</summary>
    public static TallyProgram Publish(Platform platform, Form form) =>
        Published.GetOrAdd(string.Join(' ', [platform.RuntimeIdentifier, platform.Framework, .. form.Properties]),
            _ => new(() => new(Build(platform, form)))).Value;

    /// <summary>The program for .NET 10 as it was compiled, without a recorder.</summary>
    /// <returns>Its folder.</returns>
    public static string BuildUnwoven()
    {
        var source = CopySource();
        Dotnet(source, "build", "-c", "Release", "-p:TallyFramework=net10.0", "-o", Path.Combine(source, "out"));
        return Path.Combine(source, "out");
    }

    /// <summary>Removes all that was built.</summary>
    public static void CleanUp() => Builds.Dispose();

    /// <summary>Starts it on a platform that it was published for.</summary>
    public Process Start(Platform platform, Form form, string folder, params string[] arguments)
    {
        var file = platform.RuntimeIdentifier is null or "win-x64" ? "Tally.exe" : "Tally";
        string[] command = [.. form.Wrapper, .. platform.Command(Path.Combine(Folder, file)), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PROFILERWEAVER", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PROFILERWEAVER_OUTPUT"] = form.OutputName;
        foreach (var (name, value) in platform.Environment.Concat(form.Environment))
            start.Environment[name] = value;
        return Tools.Explain(command[0], () => Process.Start(start)!);
    }

    static string Build(Platform platform, Form form)
    {
        var source = CopySource();
        var output = Path.Combine(source, "out");
        string[] kind = platform.RuntimeIdentifier is { } identifier ? ["publish", "-r", identifier, "--self-contained"] : ["build"];
        Dotnet(source, [.. kind, "-c", "Release-Profiled", $"-p:TallyFramework={platform.Framework}", "-o", output,
            .. form.Properties.Select(property => $"-p:{property}")]);
        if (platform.RuntimeIdentifier is null)
            MonoFacade.MakeRunnable(Path.Combine(output, "netstandard.dll"));
        return output;
    }

    // A folder that everybody may enter, with no characters that compilers of others stumble over.
    static string CopySource()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Builds.Location, (UnixFileMode)0b111_101_101);
        var target = Directory.CreateDirectory(Path.Combine(Builds.Location, Path.GetRandomFileName())).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(PackageFeed.Repository, "Tests", "Platforms", "Tally")))
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
