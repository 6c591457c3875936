using System.Reflection;
using System.Xml.Linq;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The package as the build of this project has packed it, and a packages folder that knows no older
/// one.</summary>
static class PackageFeed
{
    static readonly string Packages = Path.Combine(Repository, "artifacts", "packages");

    static readonly Lazy<string> Folder = new(() =>
    {
        // Not beside the tests, in whose path may be a blank: .NET's own compiler does not take that (10.0).
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder.Location;
    });

    /// <summary>The weaver that was packed.</summary>
    public static string Weaver { get; } = typeof(Weaving.ModuleWeaver).Assembly.Location;

    /// <summary>The root of the repository.</summary>
    public static string Repository
    {
        get
        {
            var folder = TestContext.CurrentContext.TestDirectory;
            while (!System.IO.File.Exists(Path.Combine(folder, "ProfilerWeaver.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("ProfilerWeaver.sln");
            return folder;
        }
    }

    /// <summary>The version of the package, as the weaver that was packed into it tells.</summary>
    public static string Version { get; } = typeof(Weaving.ModuleWeaver).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The package itself.</summary>
    public static string File => Path.Combine(Packages, $"ProfilerWeaver.Fody.{Version}.nupkg");

    /// <summary>Writes a NuGet.Config that adds the package to the machine's sources.</summary>
    public static void Configure(string folder)
    {
        Assert.That(File, Does.Exist, "packed by the build");
        // What is on the machine already, Fody above all, need not be fetched again; but never our own package.
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var reuse = Directory.Exists(known) && !Directory.Exists(Path.Combine(known, "profilerweaver.fody"));
        new XElement("configuration",
            new XElement("packageSources", Add("under-test", Packages)),
            new XElement("config", Add("globalPackagesFolder", Folder.Value)),
            new XElement("fallbackPackageFolders", reuse ? Add("machine", known) : null))
            .Save(Path.Combine(folder, "NuGet.Config"));
    }

    static XElement Add(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));
}
