namespace ProfilerWeaver.Tests;

/// <summary>What comes from files cannot do anything to whoever looks at it.</summary>
sealed class PrintableTests
{
    static readonly MethodLabel Evil = new("a\e[31m/evil\e]0;title\a.cs", 2, "B\e[2J\nC\u202E\u009B1m\u2028|\uDC80");

    [TestCase("System.Text.StringBuilder..ctor(char[], int)")]
    [TestCase(@"C:\Program Files\x.cs")]
    [TestCase("naïve 日本 𝒳 e\u0301 \u00A0")]
    public void H7_Ordinary_text_stays(string text) => Assert.That(Printable.Text(text), Is.SameAs(text));

    [TestCase("\e[31m", @"\u001B[31m")]
    [TestCase("a\r\n\tb\0\a\b\x7F", @"a\u000D\u000A\u0009b\u0000\u0007\u0008\u007F")]
    [TestCase("\u009B\u0085", @"\u009B\u0085")]
    [TestCase("\u202Eabc\u2066\u200F\u061C\uFEFF\u200B", @"\u202Eabc\u2066\u200F\u061C\uFEFF\u200B")]
    [TestCase("\u2028\u2029", @"\u2028\u2029")]
    [TestCase("𝒳\U000E0001𝒳", @"𝒳\U000E0001𝒳")]
    public void H7_What_controls_a_terminal_or_cannot_be_seen_is_escaped(string text, string expected) =>
        Assert.That(Printable.Text(text), Is.EqualTo(expected));

    // Attributes cannot hold halves of pairs.
    [Test]
    public void H7_Halves_of_surrogate_pairs_are_escaped() =>
        Assert.That(Printable.Text("\uD800x\uDCE9𝒳\uD800"), Is.EqualTo(@"\uD800x\uDCE9𝒳\uD800"));

    [Test]
    public void H7_Names_from_a_file_are_escaped_in_every_printed_table()
    {
        var figures = new Figures(1, 1, 1, 1);
        var called = new MethodStats(Evil, figures, [new(Evil, figures)]);
        var old = new MethodStats(Evil with { Line = 3 }, figures, [new(Evil, Figures.CallsOnly(1)), new(new("jprofile", 0, "profiler"), figures)]);
        var tree = new TreeBuilder();
        tree.Call(tree.Method(Evil), () => tree.Now++);
        using var output = new StringWriter { NewLine = "\n" };

        new Stats([called, old]).PrintStats(output).PrintCallers(output).PrintCallees(output);
        new Stats(tree.Build()).PrintTree(output);

        var label = @"a\u001B[31m/evil\u001B]0;title\u0007.cs:2(B\u001B[2J\u000AC\u202E\u009B1m\u2028|\uDC80)";
        Assert.That(output.ToString().Where(character => character != '\n'), Has.None.Matches<char>(char.IsControl));
        Assert.That(output.ToString().Split(label), Has.Length.EqualTo(8), output.ToString());
        Assert.That(output.ToString(), Does.StartWith("         B\\u001B[2J\\u000AC"), "the top level");
    }

    [Test]
    public void H7_Messages_about_files_escape_their_names()
    {
        Assert.That(new InvalidProfileException("a\e\n.prof", 1, "no").Message, Does.StartWith(@"'a\u001B\u000A.prof' cannot be read"));
        Assert.That(() => new Stats([new MethodStats(Evil, default, []), new MethodStats(Evil with { Line = 9 }, default, [])])[Evil.Name],
            Throws.TypeOf<KeyNotFoundException>().With.Message.Contains(@"(B\u001B[2J\u000AC"));
    }
}
