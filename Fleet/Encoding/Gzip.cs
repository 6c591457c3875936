using System.IO.Compression;

namespace ProfilerWeaver;

/// <summary>Compression, as all servers take it.</summary>
static class Gzip
{
    public static byte[] Compress(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal))
            zip.Write(content);
        return bytes.ToArray();
    }
}
