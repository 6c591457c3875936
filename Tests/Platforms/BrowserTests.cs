using System.Globalization;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>A woven program on the .NET for browsers, which Node.js runs.</summary>
[Category("Platforms")]
public sealed class BrowserTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [TestCase("browser-wasm (Node.js)", "handed on")]
    public async Task P6_A_profile_that_is_handed_on_is_exact_and_a_line_says_that_none_is_written(string platform, string form)
    {
        using var program = new WatchedProgram(new("node", [Path.Combine(TallyProgram.Build("Browser", "build", "-c", "Release-Profiled"), "main.mjs")])
        {
            WorkingDirectory = temporary.Location,
        });
        var (exitCode, output, errors) = await program.End();

        Assert.That(exitCode, Is.EqualTo(5), output + errors);
        Assert.That(output + errors, Does.Contain("no profile is written").And.Contain("SnapshotStats"), $"{form}, {platform}");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.WriteAllBytes(temporary.File("handed-on.prof"), Convert.FromBase64String(lines[^1]));
        var rows = ProfFile.ReadRows(temporary.File("handed-on.prof")).ToLookup(row => row.Name, row => row.Calls);
        foreach (var own in lines[^2].Split(' ').Select(own => own.Split('=')))
            Assert.That(rows[own[0]], Is.EqualTo(new[] { long.Parse(own[1], CultureInfo.InvariantCulture) }), own[0]);
        Assert.That(Directory.GetFiles(temporary.Location), Has.Length.EqualTo(1));
    }
}
