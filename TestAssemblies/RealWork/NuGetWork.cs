using NuGet.Frameworks;
using NuGet.Versioning;

namespace RealWork;

static class NuGetWork
{
    public static void Run(TextWriter output)
    {
        string[] versions = ["1.0", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "2.0.0.1", "3.0.0-rc.1+build.5", "10.0.0", "x", "1.-1"];
        foreach (var text in versions)
        {
            output.WriteLine(NuGetVersion.TryParse(text, out var version)
                ? $"{version.ToNormalizedString()} {version.ToFullString()} {version.IsPrerelease} {version.Release}"
                : $"{text} is no version");
        }
        var parsed = versions.Take(7).Select(NuGetVersion.Parse).ToList();
        output.WriteLine(string.Join(" < ", parsed.Order()));
        foreach (var text in new[] { "[1.0,2.0)", "(,3.0]", "1.*", "*-*", "1.0.0-beta.*", "(1.0", "[10.0]" })
        {
            output.WriteLine(VersionRange.TryParse(text, out var range)
                ? $"{range.PrettyPrint()} {range.ToNormalizedString()} {range.FindBestMatch(parsed)} {string.Join(",", parsed.Where(range.Satisfies))}"
                : $"{text} is no range");
        }
        output.WriteLine(VersionRange.Combine(parsed.Select(version => new VersionRange(version))));

        string[] names = ["net10.0", "net472", "netstandard2.0", "net8.0-windows10.0.19041", "netcoreapp3.1", "portable-net45+win8",
            "uap10.0", "monoandroid12.0", "xamarinios10", "net35-client", "any", "nonsense9"];
        var frameworks = names.Select(NuGetFramework.Parse).ToList();
        foreach (var framework in frameworks)
            output.WriteLine($"{framework} {framework.GetShortFolderName()} {framework.DotNetFrameworkName} {framework.IsUnsupported}");
        var compatibility = DefaultCompatibilityProvider.Instance;
        foreach (var project in frameworks)
        {
            output.WriteLine($"{project.GetShortFolderName()}: " + string.Join(" ", frameworks
                .Where(candidate => compatibility.IsCompatible(project, candidate)).Select(f => f.GetShortFolderName())));
            output.WriteLine(new FrameworkReducer().GetNearest(project, frameworks.Where(f => f != project)));
        }
    }
}
