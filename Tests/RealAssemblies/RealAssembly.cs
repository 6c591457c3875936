namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>An assembly that we did not write.</summary>
/// <param name="Name">Its file name without extension.</param>
/// <param name="Folder">Where it is.</param>
sealed record RealAssembly(string Name, string Folder)
{
    /// <summary>The variable that turns the long form on: the file in which its table goes. It has to be set for the
    /// build of the tests too, which adds packages then.</summary>
    public const string TableVariable = "PROFILERWEAVER_REAL_ASSEMBLIES";

    static readonly string[] FromSdk =
    [
        "Microsoft.Build", "Microsoft.Build.Framework", "Microsoft.Build.Tasks.Core", "Microsoft.Build.Utilities.Core",
        "Microsoft.NET.StringTools", "NuGet.Commands", "NuGet.Common", "NuGet.Configuration", "NuGet.Credentials",
        "NuGet.DependencyResolver.Core", "NuGet.Frameworks", "NuGet.LibraryModel", "NuGet.Packaging", "NuGet.ProjectModel",
        "NuGet.Protocol", "NuGet.Versioning", "Newtonsoft.Json", "System.CommandLine", "Microsoft.TemplateEngine.Core",
        "Microsoft.TemplateEngine.Edge", "Microsoft.TemplateEngine.Orchestrator.RunnableProjects",
        "Microsoft.TemplateEngine.Utils", "Microsoft.VisualStudio.TestPlatform.Common",
        "Microsoft.VisualStudio.TestPlatform.ObjectModel", "Microsoft.TestPlatform.CrossPlatEngine",
        "Microsoft.TestPlatform.CommunicationUtilities", "Microsoft.Extensions.DependencyModel",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.DotNet.Cli.Utils",
    ];

    static readonly string[] FromTests = ["Mono.Cecil", "Mono.Cecil.Rocks", "nunit.framework", "Microsoft.Testing.Platform"];

    static readonly string[] FromPackages =
        ["Autofac", "Google.Protobuf", "ICSharpCode.Decompiler", "Iced", "MathNet.Numerics", "YamlDotNet"];

    /// <summary>Whether the tests were asked for the long form.</summary>
    public static bool IsLongForm => TablePath is not null;

    /// <summary>Where the table of the long form goes.</summary>
    public static string? TablePath =>
        Environment.GetEnvironmentVariable(TableVariable) is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    /// <summary>Those that are woven in the tests.</summary>
    public static IEnumerable<RealAssembly> All
    {
        get
        {
            var sdk = FromSdk.Select(name => new RealAssembly(name, Sdk.Folder))
                .Append(new("FSharp.Core", Path.Combine(Sdk.Folder, "FSharp")))
                .Concat(FromTests.Select(name => new RealAssembly(name, TestContext.CurrentContext.TestDirectory)));
            if (!IsLongForm)
                return sdk;
            // Everything in the SDK that is made for the framework that runs the tests.
            var scenarios = Path.Combine(TestContext.CurrentContext.TestDirectory, "scenarios", "Release");
            var everything = Directory.EnumerateFiles(Sdk.Folder, "*.dll", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length > 20_000 && !IsElsewhere(file))
                .Select(file => new RealAssembly(Path.GetFileNameWithoutExtension(file), Path.GetDirectoryName(file)!));
            return sdk.Concat(FromPackages.Select(name => new RealAssembly(name, scenarios))).Concat(everything)
                .DistinctBy(assembly => assembly.Name);
        }
    }

    /// <summary>The file.</summary>
    public string File => Path.Combine(Folder, Name + ".dll");

    /// <inheritdoc/>
    public override string ToString() => Name;

    static bool IsElsewhere(string file) =>
        file.EndsWith(".resources.dll", StringComparison.Ordinal)
        || Path.GetRelativePath(Sdk.Folder, file).Split(Path.DirectorySeparatorChar)
            .Any(part => part is "ref" or "runtimes" or "TestHostNetFramework" or "net472" or "containerize");
}
