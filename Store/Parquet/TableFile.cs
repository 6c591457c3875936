using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A Parquet file that is being written, a group of rows after the other.</summary>
/// <param name="columns">What it has.</param>
sealed class TableFile(string path, params Column[] columns) : IAsyncDisposable
{
    // As many as DuckDB takes; it reads a group with one thread.
    const int RowsOfGroup = 122_880;

    // A higher level takes up to fifty times as long for files that are a few percent smaller.
    const CompressionLevel Level = CompressionLevel.Fastest;

    readonly FileStream file = new(path, FileMode.Create, FileAccess.Write);
    ParquetWriter? writer;
    int rows;

    /// <summary>All columns have been given their value of a row.</summary>
    public async ValueTask EndRow()
    {
        if (++rows == RowsOfGroup)
            await WriteGroup();
    }

    /// <summary>Writes what waits, and the end of the file.</summary>
    /// <returns>Its size.</returns>
    public async Task<long> Finish()
    {
        // A file without a group has its columns nevertheless.
        if (rows > 0 || writer is null)
            await WriteGroup();
        await writer!.DisposeAsync();
        await file.FlushAsync();
        return file.Length;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    async Task WriteGroup()
    {
        writer ??= await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), file,
            new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = Level });
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.Write(group);
        group.CompleteValidate();
        rows = 0;
    }
}
