using System.Globalization;
using System.Text;

namespace ProfilerWeaver.Tests;

sealed class PythonTextTests
{
    [Test]
    public void Text_is_quoted_as_in_Python()
    {
        var random = new Random(1);
        string[] odd =
        [
            "", "'", "\"", "'\"", "\\", "\n\r\t\0\x7F", "é\u00AD\u00A0\u200B\u2028\uE000", "日本𝒳😀\U000E0001",
        ];
        var texts = odd.Concat(Enumerable.Range(0, 500).Select(_ => RandomText(random))).ToArray();

        Assert.That(Array.ConvertAll(texts, PythonText.Repr), Is.EqualTo(Python("repr(text)", texts)));
    }

    // The values of CPython's own test of f8.
    [TestCase(2.3232, "   2.323")]
    [TestCase(0, "   0.000")]
    public void Numbers_have_eight_columns(double number, string text) =>
        Assert.That(PythonText.Fixed3Wide(number), Is.EqualTo(text));

    [Test]
    public void Numbers_are_written_as_in_Python()
    {
        var random = new Random(2);
        double[] odd = [0, -0.0, 0.5, 1e-4, 9.9e-5, 1e-5, 0.1 + 0.2, 0.0005, 0.0015, 0.0025, 2.5, 1e15, 123456789.0005];
        var numbers = odd
            .Concat(Enumerable.Range(0, 3000).Select(_ => random.NextDouble()))
            .Concat(Enumerable.Range(0, 2000).Select(i => i / 256.0))
            .Concat(Enumerable.Range(0, 2000).Select(_ => random.NextInt64(1L << 45) * 1e-9))
            .ToArray();
        var texts = Array.ConvertAll(numbers, number => number.ToString("R", CultureInfo.InvariantCulture));

        Assert.That(numbers.Select(PythonText.Fixed3Wide), Is.EqualTo(Python("'%8.3f' % float(text)", texts)));
        Assert.That(numbers.Where(number => number < 1).Select(PythonText.Repr),
            Is.EqualTo(Python("repr(float(text))", [.. texts.Where((_, i) => numbers[i] < 1)])));
    }

    /// <summary>The value of an expression for each text; the texts travel as code points.</summary>
    static string[] Python(string expression, string[] texts)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("texts"), texts.Select(text => string.Join(' ', CodePoints(text))));
        CPython.Latest.Run($"""
            import sys
            with open(sys.argv[1]) as f, open(sys.argv[2], 'w', encoding='utf-8') as out:
                for line in f:
                    text = ''.join(chr(int(code)) for code in line.split())
                    out.write({expression} + '\n')
            """, folder.File("texts"), folder.File("results"));
        return File.ReadAllLines(folder.File("results"), Encoding.UTF8);
    }

    static IEnumerable<int> CodePoints(string text) => text.EnumerateRunes().Select(rune => rune.Value);

    static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
        random.Next(3) == 0 ? "'\"\\/a\n".Substring(random.Next(6), 1) : ((Rune)random.Next(0x20, 0x600)).ToString()));
}
