using Mono.Cecil;
using Mono.Cecil.Rocks;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>What other people wrote, and other compilers made, is woven into well-formed bodies.</summary>
public class OtherCompilersTests
{
    static readonly string Folder = AppContext.BaseDirectory;

    static readonly string[] Known = ["ProfilerWeaver.dll", "ProfilerWeaver.Analysis.dll", "Scenarios.Corpus.dll", "Scenarios.StrictRecorder.dll"];

    public static IEnumerable<string> Assemblies =>
    [
        "nunit.framework.dll", "Mono.Cecil.dll",
        .. new[] { "Debug", "Release" }
            .SelectMany(configuration => Directory.GetFiles(Path.Combine(Folder, "scenarios", configuration), "*.dll"))
            .Select(path => Path.GetRelativePath(Folder, path))
            .Where(path => !Known.Contains(Path.GetFileName(path)))
            .DistinctBy(path => path.Contains("Scenarios.") ? path : Path.GetFileName(path)),
    ];

    [Test]
    public void Every_woven_body_is_well_formed([ValueSource(nameof(Assemblies))] string file, [Values] bool builtins)
    {
        using var folder = new TemporaryFolder();
        var output = folder.File(Path.GetFileName(file));
        var settings = new WeaverSettings { AutoStart = false, Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None };
        var report = FileWeaving.Weave(Path.Combine(Folder, file), output, settings, typeof(Recorder).Assembly.Location,
            [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);

        using var module = ModuleDefinition.ReadModule(output);
        Assert.That(module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => BodyVerifier.Errors(method.Body)), Is.Empty);
        Assert.That(report.Woven, Is.Not.Empty);
    }
}
