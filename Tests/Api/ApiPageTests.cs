using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using ProfilerWeaver.Scripting;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Api;

/// <summary>The examples of <c>docs/api.md</c> are compiled, woven and run; they print what the page says; and no public
/// member is without one.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ApiPageTests : IDisposable
{
    static readonly Lazy<ApiPage> Page = new(ApiPage.Read);

    readonly TemporaryFolder folder = new();
    Assembly? examples;

    static IEnumerable<TestCaseData> Examples => Page.Value.Examples.Select(example =>
        new TestCaseData(example.Name).SetArgDisplayNames($"{example.Name}, line {example.Line}"));

    public void Dispose() => folder.Dispose();

    [TestCaseSource(nameof(Examples))]
    public void It_prints_what_the_page_says(string name)
    {
        var example = Page.Value.Examples.Single(candidate => candidate.Name == name);
        var run = (examples ??= WeaveAndLoad()).GetType(name)!.GetMethod("Run")!.CreateDelegate<Func<Task>>();
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Location;
        try
        {
            var printed = ConsoleText.Of(() => run().GetAwaiter().GetResult());

            Assert.That(printed.TrimEnd('\n'), Is.EqualTo(example.Printed.TrimEnd('\n')), $"docs/api.md, line {example.Line}");
            Assert.That(Profile.Current, Is.Null, "the example leaves nothing recording");
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Profile.Current?.Disable();
        }
    }

    [TestCase(typeof(Profile), 80)]
    [TestCase(typeof(Stats), 60)]
    [TestCase(typeof(ProfilerScript), 5)]
    [TestCase(typeof(ProfilePush), 10)]
    public void Every_public_member_has_an_example(Type type, int expected)
    {
        var compilation = Page.Value.Compilation;
        var used = PublicMembers.UsedIn(compilation);
        var assembly = compilation.SourceModule.ReferencedAssemblySymbols.Single(
            candidate => candidate.Name == type.Assembly.GetName().Name);
        var members = PublicMembers.Of(assembly).ToArray();

        Assert.That(members, Has.Length.GreaterThan(expected));
        Assert.That(members.Where(member => !used.Contains(member)).Select(member => member.ToDisplayString()), Is.Empty);
    }

    Assembly WeaveAndLoad()
    {
        var unwoven = folder.File("Examples.dll");
        using (var assembly = File.Create(unwoven))
        using (var symbols = File.Create(folder.File("Examples.pdb")))
        {
            var result = Page.Value.Compilation.Emit(assembly, symbols,
                options: new(debugInformationFormat: DebugInformationFormat.PortablePdb));
            Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        }
        var woven = folder.File("woven.dll");
        FileWeaving.Weave(unwoven, woven, new() { AutoStart = false }, typeof(Recorder).Assembly.Location,
            [Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(Profile).Assembly.Location)!]);
        var context = new AssemblyLoadContext("examples");
        context.Resolving += (_, name) => AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        using var stream = File.OpenRead(woven);
        return context.LoadFromStream(stream);
    }
}
