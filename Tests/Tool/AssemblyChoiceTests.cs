using System.Text.Json.Nodes;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Which assemblies of a program are woven.</summary>
public sealed class AssemblyChoiceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // As the SDK writes it where the names of the project's file, of its assembly and of its package differ.
    [TestCase("Lib.Core/1.0.0 project", "Lib.Reference/1.0.0.0 reference")]
    [TestCase("Lib.Reference/1.0.0.0 reference", "Lib.Core/1.0.0 project")]
    public void W2_A_library_that_is_listed_as_a_project_and_as_a_reference_is_woven(params string[] libraries)
    {
        Put("App", "Lib");

        var choice = Choose(["App/1.0.0 project App", .. libraries.Select(library => library + " Lib")]);

        Assert.That(choice.Names, Is.EquivalentTo(new[] { "App", "Lib" }));
        Assert.That(choice.Notes, Is.Empty);
    }

    [Test]
    public void W2_A_library_that_was_built_here_and_stays_unwoven_is_told()
    {
        Put("App", "Other");
        PutBuilt("Listed");
        PutBuilt("Unlisted");
        PutBuilt("Packed");

        var choice = Choose("App/1.0.0 project App", "Listed/1.0.0 reference Listed", "Packed/1.0.0 package Packed",
            "Other/1.0.0 reference Other");

        Assert.That(choice.Names, Is.EqualTo(new[] { "App" }));
        Assert.That(choice.Notes, Has.Count.EqualTo(2).And.All.Contains("was built on this machine but is not woven")
            .And.Some.Contains("--weave Listed ").And.Some.Contains("--weave Unlisted "));
    }

    [Test]
    public void W2_A_library_that_is_woven_on_demand_is_not_told()
    {
        Put("App");
        PutBuilt("Listed");

        var choice = Choose(["Listed"], "App/1.0.0 project App", "Listed/1.0.0 reference Listed");

        Assert.That(choice.Names, Is.EqualTo(new[] { "App", "Listed" }));
        Assert.That(choice.Notes, Is.Empty);
    }

    AssemblyChoice Choose(params string[] libraries) => Choose([], libraries);

    AssemblyChoice Choose(string[] patterns, params string[] libraries)
    {
        var known = libraries.Select(library => library.Split(' ')).ToList();
        var list = new JsonObject
        {
            ["runtimeTarget"] = new JsonObject { ["name"] = "net" },
            ["targets"] = new JsonObject
            {
                ["net"] = new JsonObject(known.Select(library => KeyValuePair.Create<string, JsonNode?>(library[0],
                    new JsonObject { ["runtime"] = new JsonObject { [library[2] + ".dll"] = new JsonObject() } }))),
            },
            ["libraries"] = new JsonObject(known.Select(library => KeyValuePair.Create<string, JsonNode?>(library[0],
                new JsonObject { ["type"] = library[1] }))),
        };
        var file = Path.Combine(folder.Location, "App.deps.json");
        File.WriteAllText(file, list.ToJsonString());
        return AssemblyChoice.Of(new(PathOf("App"), null), DependencyFile.Read(file), patterns);
    }

    void Put(params string[] names) => Array.ForEach(names, name => File.WriteAllText(PathOf(name), ""));

    // The compiler has written it into obj.
    void PutBuilt(string name) => File.Copy(
        Path.Combine(ToolApps.Folder, "Stock", "bin", "Release", "net10.0", "Stock.dll"), PathOf(name));

    string PathOf(string name) => Path.Combine(folder.Location, name + ".dll");
}
