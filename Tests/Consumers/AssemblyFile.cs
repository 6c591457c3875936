using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Facts about an assembly on disk.</summary>
sealed class AssemblyFile
{
    const int DisableOptimizations = 0x100;

    public AssemblyFile(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        IsOptimised = !metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(attribute => NameOf(metadata, attribute) == "DebuggableAttribute")
            .Any(attribute => (ModesOf(metadata, attribute) & DisableOptimizations) != 0);
        HasEmbeddedSymbols = file.ReadDebugDirectory()
            .Any(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        var headers = file.PEHeaders;
        IsReadyToRun = headers.CorHeader!.ManagedNativeHeaderDirectory.Size != 0;
        IsSigned = headers.CorHeader.Flags.HasFlag(CorFlags.StrongNameSigned)
            && headers.TryGetDirectoryOffset(headers.CorHeader.StrongNameSignatureDirectory, out var offset)
            && file.GetEntireImage().GetContent(offset, headers.CorHeader.StrongNameSignatureDirectory.Size)
                .Any(signatureByte => signatureByte != 0);
    }

    public bool IsOptimised { get; }

    public bool HasEmbeddedSymbols { get; }

    public bool IsSigned { get; }

    /// <summary>Whether there is machine code in it.</summary>
    public bool IsReadyToRun { get; }

    static string NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return "";
        var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : "";
    }

    static int ModesOf(MetadataReader metadata, CustomAttribute attribute)
    {
        var blob = metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return blob.ReadInt32();
    }
}
