using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>An assembly and its portable PDB, in a file beside it or embedded, as debuggers read them.</summary>
sealed class SymbolFile : IDisposable
{
    readonly PEReader image;
    readonly MetadataReaderProvider provider;
    readonly byte[] pdb;

    public SymbolFile(string assembly)
    {
        image = new(new MemoryStream(File.ReadAllBytes(assembly)));
        Metadata = image.GetMetadataReader();
        DebugDirectory = image.ReadDebugDirectory();
        IsEmbedded = Entry(DebugDirectoryEntryType.EmbeddedPortablePdb) is not null;
        pdb = IsEmbedded
            ? Unpack(Entry(DebugDirectoryEntryType.EmbeddedPortablePdb)!.Value)
            : File.ReadAllBytes(Path.ChangeExtension(assembly, ".pdb"));
        provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
        Symbols = provider.GetMetadataReader();
    }

    // The signature "MPDB", the length, and the deflated content.
    byte[] Unpack(DebugDirectoryEntry entry)
    {
        var data = image.GetEntireImage().GetContent(entry.DataPointer, entry.DataSize).AsSpan().ToArray();
        using var content = new DeflateStream(new MemoryStream(data, 8, data.Length - 8), CompressionMode.Decompress);
        var unpacked = new byte[BitConverter.ToInt32(data, 4)];
        content.ReadExactly(unpacked);
        return unpacked;
    }

    public MetadataReader Metadata { get; }

    public MetadataReader Symbols { get; }

    public ImmutableArray<DebugDirectoryEntry> DebugDirectory { get; }

    public bool IsEmbedded { get; }

    /// <summary>A copy of the PDB's content.</summary>
    public byte[] ReadPdb() => [.. pdb];

    public DebugDirectoryEntry? Entry(DebugDirectoryEntryType type) =>
        DebugDirectory.Cast<DebugDirectoryEntry?>().FirstOrDefault(entry => entry!.Value.Type == type);

    public CodeViewDebugDirectoryData CodeView =>
        image.ReadCodeViewDebugDirectoryData(Entry(DebugDirectoryEntryType.CodeView)!.Value);

    public PdbChecksumDebugDirectoryData? Checksum => Entry(DebugDirectoryEntryType.PdbChecksum) is { } entry
        ? image.ReadPdbChecksumDebugDirectoryData(entry)
        : null;

    public MethodDebugInformation Method(int token) => Symbols.GetMethodDebugInformation(
        ((MethodDefinitionHandle)MetadataTokens.EntityHandle(token)).ToDebugInformationHandle());

    public int LocalSignatureToken(int token)
    {
        var method = Metadata.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(token));
        var signature = image.GetMethodBody(method.RelativeVirtualAddress).LocalSignature;
        return signature.IsNil ? 0 : MetadataTokens.GetToken(signature);
    }

    public IEnumerable<LocalScope> Scopes(int token) =>
        Symbols.GetLocalScopes((MethodDefinitionHandle)MetadataTokens.EntityHandle(token))
            .Select(Symbols.GetLocalScope);

    /// <summary>What else the compiler noted about a method or, with the module's token, about all.</summary>
    public IEnumerable<(Guid Kind, BlobReader Value)> Notes(int token) =>
        from handle in Symbols.GetCustomDebugInformation(MetadataTokens.EntityHandle(token))
        let note = Symbols.GetCustomDebugInformation(handle)
        select (Symbols.GetGuid(note.Kind), Symbols.GetBlobReader(note.Value));

    public string DocumentName(DocumentHandle document) =>
        document.IsNil ? "" : Symbols.GetString(Symbols.GetDocument(document).Name);

    public void Dispose()
    {
        provider.Dispose();
        image.Dispose();
    }
}
