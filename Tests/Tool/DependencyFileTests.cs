using System.Text.Json.Nodes;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The <c>.deps.json</c> of a woven copy.</summary>
public class DependencyFileTests
{
    [Test]
    public void The_recorder_beside_the_program_is_chosen_before_one_that_a_package_has_for_the_platform()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Location, "app.deps.json");
        File.WriteAllText(file, """
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
              "targets": {
                ".NETCoreApp,Version=v10.0": {
                  "ProfilerWeaver.Fody/0.1.0": {
                    "runtime": { "lib/net8.0/ProfilerWeaver.dll": {} },
                    "runtimeTargets": {
                      "runtimes/linux-x64/lib/net10.0/ProfilerWeaver.dll": { "rid": "linux-x64", "assetType": "runtime" },
                      "runtimes/linux-x64/native/other.so": { "rid": "linux-x64", "assetType": "native" }
                    }
                  }
                }
              },
              "libraries": { "ProfilerWeaver.Fody/0.1.0": { "type": "package" } }
            }
            """);

        var target = JsonNode.Parse(DependencyFile.Read(file)!.With("ProfilerWeaver", new(0, 1, 0, 0)))!
            ["targets"]![".NETCoreApp,Version=v10.0"]!;

        Assert.That(target["ProfilerWeaver.Fody/0.1.0"]!["runtimeTargets"]!.AsObject().Select(asset => asset.Key),
            Is.EqualTo(new[] { "runtimes/linux-x64/native/other.so" }));
        Assert.That(target["ProfilerWeaver/0.1.0"]!["runtime"]!["ProfilerWeaver.dll"], Is.Not.Null);
    }
}
