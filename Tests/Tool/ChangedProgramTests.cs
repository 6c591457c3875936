using System.Text.Json.Nodes;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What the tool notices of a program's folder, and tells the host of .NET about it.</summary>
public class ChangedProgramTests
{
    [Test]
    [Platform("Linux,MacOsX")]
    public void H6_A_changed_assembly_behind_a_link_is_noticed()
    {
        using var store = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        File.WriteAllText(store.File("App.dll"), "one");
        File.CreateSymbolicLink(folder.File("App.dll"), store.File("App.dll"));
        var before = Fingerprint.OfFolder(folder.Location);

        File.WriteAllText(store.File("App.dll"), "other");

        Assert.That(Fingerprint.OfFolder(folder.Location), Is.Not.EqualTo(before));
    }

    [Test]
    public void H6_A_changed_assembly_for_one_platform_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var assembly = folder.File("runtimes/linux-x64/lib/net10.0/Lib.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(assembly)!);
        File.WriteAllText(assembly, "one");
        var before = Fingerprint.OfFolder(folder.Location);

        File.WriteAllText(assembly, "other");

        Assert.That(Fingerprint.OfFolder(folder.Location), Is.Not.EqualTo(before));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void H2_Native_libraries_that_no_list_has_are_found_beside_the_program()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "App.dll", "libone.so", "libtwo.so.3", "notes.txt" })
            File.WriteAllText(folder.File(file), "");

        var list = JsonNode.Parse(WovenDependencies.For(
            new(folder.File("App.dll"), null), dependencies: null, ["App.dll"], [], "/cache/App"))!;

        var native = list["targets"]!["woven"]!.AsObject().Select(library => library.Value!["runtimeTargets"]!.AsObject())
            .SelectMany(assets => assets).Where(asset => (string?)asset.Value!["assetType"] == "native");
        Assert.That(native.Select(asset => asset.Key), Is.EquivalentTo(new[] { "libone.so", "libtwo.so.3" }));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void A_cache_whose_path_the_host_of_NET_does_not_accept_is_refused([Values("/a:b", "/a\\b")] string cache) =>
        Assert.That(() => FolderPath.From("/app", cache), Throws.TypeOf<ToolException>().With.Message.Contains("DOTNET_PROF_CACHE"));
}
