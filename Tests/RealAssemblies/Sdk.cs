using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>The .NET SDK that the tests run on: the assemblies in it were made by others.</summary>
static class Sdk
{
    /// <summary>The folder of the running framework.</summary>
    public static string Framework { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The folder of the newest SDK beside it.</summary>
    public static string Folder { get; } = Newest(Path.Combine(Framework, "../../../sdk"));

    /// <summary>Where the assemblies of the SDK, and those that the tests build, find what they reference.</summary>
    public static string[] Folders { get; } =
    [
        Folder, Path.Combine(Folder, "Roslyn", "bincore"), Path.Combine(Folder, "FSharp"),
        Newest(Path.Combine(Framework, "../../Microsoft.AspNetCore.App")),
        Path.Combine(TestContext.CurrentContext.TestDirectory, "scenarios", "Release"),
        TestContext.CurrentContext.TestDirectory,
    ];

    /// <summary>Weaves <paramref name="input"/> with all that can be woven; references are found in the SDK.</summary>
    public static WeavingReport Weave(string input, string output, WeaverSettings settings) =>
        FileWeaving.Weave(input, output, settings with { Builtins = BuiltinCalls.All }, typeof(Recorder).Assembly.Location,
            [.. Folders, Framework]);

    static string Newest(string folder) => Directory.GetDirectories(Path.GetFullPath(folder))
        .MaxBy(path => Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : new())
        ?? throw new DirectoryNotFoundException($"{folder} holds no version. These tests need the whole .NET SDK.");
}
