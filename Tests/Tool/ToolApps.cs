using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The programs of <c>TestAssemblies/ToolApps</c>, copied to where a user might have them and built once, as a
/// user builds them: nothing in them knows of a profiler.</summary>
[SetUpFixture]
sealed class ToolApps
{
    static readonly string Root = Path.Combine(Path.GetTempPath(), $"Tool's äpps {Guid.NewGuid():N}");

    static readonly Lazy<string> Built = new(Build);

    /// <summary>The folder of the woven copies that tests share.</summary>
    public static string Cache => Path.Combine(Root, "cache");

    /// <summary>The folder of the sources, after they were built.</summary>
    public static string Folder => Built.Value;

    /// <summary>The main assembly of a program.</summary>
    public static string Assembly(string name) => Path.Combine(Folder, name, "bin", "Release", "net10.0", name + ".dll");

    [OneTimeTearDown]
    public static void Remove()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    static string Build()
    {
        Copy(Path.Combine(PackageFeed.Repository, "TestAssemblies", "ToolApps"), Root);
        foreach (var target in new[] { "Restore", "Build" })
        {
            var build = CommandLine.Run("dotnet", Root, ["msbuild", "All.proj", $"-t:{target}", "-p:Configuration=Release",
                "-m", "-v:q", "-nologo"], ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"));
            Assert.That(build.ExitCode, Is.Zero, build.Output);
        }
        return Root;
    }

    static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(source).Where(f => Path.GetFileName(f) is not ("bin" or "obj")))
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
    }
}
