using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Names in profiles and names of files are data, whatever somebody has put into them.</summary>
public sealed class ForeignNamesTests : IDisposable
{
    static readonly MethodLabel Evil = new("a\e[31m/evil\e]0;title\a.cs", 2, "B\e[2J\nC\u202E\u009B1m|");
    // What Python makes of the bytes of a file name that is not UTF-8.
    static readonly MethodLabel Latin = new("caf\uDCE9.py", 1, "f");

    readonly ProfTool tool = new();

    public ForeignNamesTests()
    {
        Write("evil.prof", Evil);
        Write("latin.prof", Latin);
    }

    public void Dispose() => tool.Dispose();

    [TestCase("text")]
    [TestCase("text", "--callers")]
    [TestCase("text", "--callees")]
    [TestCase("markdown")]
    [TestCase("markdown", "--callers")]
    public void H7_Names_are_escaped_in_a_pipe(string format, params string[] arguments)
    {
        var result = tool.Run(["stats", "evil.prof", "--format", format, .. arguments]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.Where(character => character != '\n'), Has.None.Matches<char>(char.IsControl));
        Assert.That(result.Output, Does.Match(@"B\\+u001B\\?\[2J\\+u000AC\\+u202E\\+u009B1m"));
    }

    [TestCase("stats", "evil.prof")]
    [TestCase("stats", "evil.prof", "--callers")]
    [Platform("Unix,Linux,MacOsX")]
    public void H7_Names_are_escaped_at_a_terminal(params string[] arguments)
    {
        var (exitCode, shown) = PseudoTerminal.Run(tool, 160, arguments);

        Assert.That(exitCode, Is.Zero);
        // The beginning of a long name is left out.
        Assert.That(shown, Does.Contain(@"[2J\u000AC\u202E\u009B1m|").And.Not.Contain("\e[2J").And.Not.Contain("\e]0;"));
    }

    [Test]
    public void H7_Messages_are_one_line_whatever_a_file_is_called()
    {
        var result = tool.Run("stats", "no\e[2J\ndotnet-prof: error: such.prof");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.StartWith(@"dotnet-prof: error: no\u001B[2J\u000Adotnet-prof: error: such.prof does not exist."));
        Assert.That(result.Errors.Count(character => character == '\n'), Is.EqualTo(1));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H7_The_browser_escapes_names_of_files_and_methods()
    {
        File.Copy(tool["evil.prof"], tool["x\e[2J.prof"]);

        var result = tool.RunWithInput("read x\e[2J.prof\nstats\nread y\e[2J\nhelp z\e[2J\nz\e[2J\nquit\n", "browse");

        Assert.That(result.Output, Does.Not.Contain("\e"));
        Assert.That(result.Output, Does.Contain(@"x\u001B[2J.prof% ").And.Contain(@"*** No help on z\u001B[2J")
            .And.Contain(@"*** Unknown syntax: z\u001B[2J").And.Contain(@"B\u001B[2J\u000AC"));
    }

    [Test]
    public void H7_A_line_that_is_edited_escapes_what_completion_has_put_into_it()
    {
        using var output = new StringWriter();
        var display = new Tool.LineDisplay(output, () => 80);

        display.Begin("a\e% ");
        display.Show("read x\e[2J.prof", 8);
        display.List(["x\e[2J.prof", "y"]);

        // The cursor is moved behind the whole escape.
        Assert.That(output.ToString(), Does.Contain(@"a\u001B% read x\u001B[2J.prof" + "\e[J\r\e[22C"));
        Assert.That(output.ToString(), Does.Contain(@"x\u001B[2J.prof  y").And.Not.Contain("\e[2J"));
    }

    [Test]
    public void H7_Other_programs_get_names_as_they_are()
    {
        var json = JsonDocument.Parse(tool.Run("stats", "evil.prof", "--format", "json").Output).RootElement;

        Assert.That(json.GetProperty("methods")[0].GetProperty("name").GetString(), Is.EqualTo(Evil.Name));
        Assert.That(tool.Run("stats", "evil.prof", "--format", "csv").Output, Does.Contain($"\"{Evil.Name}\""));
    }

    [TestCase("text", @"caf\uDCE9.py:1(f)")]
    [TestCase("markdown", @"caf\\uDCE9.py | 1 | f")]
    [TestCase("csv", "caf\uFFFD.py,1,f")]
    [TestCase("json", "caf\uFFFD.py")]
    public void R2_A_file_name_that_is_not_UTF_8_is_printed(string format, string expected)
    {
        var result = tool.Run("stats", "latin.prof", "--format", format);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(Regex.Replace(result.Output, @"\\uFFFD", "\uFFFD"), Does.Contain(expected));
    }

    void Write(string file, MethodLabel label)
    {
        var figures = new Figures(1, 1, 0.5, 0.5);
        ProfFile.WriteRows([new MethodStats(label, figures, [new(label, figures)])], tool[file]);
    }
}
