using System.IO.Compression;
using System.Net;
using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// The report: a page that carries its viewer (Analysis/Report/Viewer, bundled into <c>page.html</c> by build/viewer.sh) and
/// the profile, compressed. Nothing of the profile but its title is markup.
/// </summary>
static class HtmlReport
{
    const string Page = "ProfilerWeaver.Report.page.html";
    const string TitleMark = "<!--TITLE-->";
    const string DataMark = "<!--DATA-->";

    // A multiple of three: base64 of the pieces is that of the whole.
    const int PieceLength = 3 << 14;

    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void Write(Stats stats, HtmlOptions options, string path) => AtomicFile.Write(path, stream => Write(stats, options, stream));

    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    public static void Write(Stats stats, HtmlOptions options, Stream stream)
    {
        if (stats.Count == 0)
            throw new EmptyProfileException();
        var data = Compressed(ReportData.Of(stats, options));
        var page = Template();
        var titles = page.Replace(TitleMark, WebUtility.HtmlEncode(Printable.Text(ReportFacts.Title(stats))));
        var place = titles.LastIndexOf(DataMark, StringComparison.Ordinal);
        using var output = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        output.Write(titles.Substring(0, place));
        WriteBase64(data, output);
        output.Write(titles.Substring(place + DataMark.Length));
    }

    static MemoryStream Compressed(ByteWriter data)
    {
        var compressed = new MemoryStream();
#if NET
        const CompressionLevel level = CompressionLevel.SmallestSize;
#else
        const CompressionLevel level = CompressionLevel.Optimal;
#endif
        using (var deflate = new DeflateStream(compressed, level, leaveOpen: true))
            data.CopyTo(deflate);
        return compressed;
    }

    static void WriteBase64(MemoryStream data, StreamWriter output)
    {
        var bytes = data.GetBuffer();
        for (var i = 0; i < data.Length; i += PieceLength)
            output.Write(Convert.ToBase64String(bytes, i, (int)Math.Min(PieceLength, data.Length - i)));
    }

    static string Template()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(Page)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
