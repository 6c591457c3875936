using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The number that an assembly and its symbols share.</summary>
static class AssemblySymbols
{
    /// <summary>The one that an assembly asks for.</summary>
    public static Guid IdOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var entry = file.ReadDebugDirectory().First(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        return file.ReadCodeViewDebugDirectoryData(entry).Guid;
    }

    /// <summary>The one that symbols have.</summary>
    public static Guid IdIn(string symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        return new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid;
    }
}
