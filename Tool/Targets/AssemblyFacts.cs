using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Tool;

/// <summary>What the metadata of an assembly tells about it without loading it.</summary>
sealed class AssemblyFacts : IDisposable
{
    readonly PEReader image;
    readonly MetadataReader metadata;

    /// <exception cref="BadImageFormatException">The file is no assembly.</exception>
    public AssemblyFacts(string path)
    {
        image = new(File.OpenRead(path));
        try
        {
            metadata = image.GetMetadataReader();
        }
        catch (Exception e) when (e is InvalidOperationException or BadImageFormatException)
        {
            image.Dispose();
            throw new BadImageFormatException($"{path} is not a .NET assembly.", e);
        }
    }

    /// <summary>The name of the type with the method that is run first; null if there is none.</summary>
    public string? EntryType
    {
        get
        {
            var handle = (EntityHandle)MetadataTokens.Handle(
                image.PEHeaders.CorHeader!.EntryPointTokenOrRelativeVirtualAddress);
            if (handle.IsNil || handle.Kind != HandleKind.MethodDefinition)
                return null;
            var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
            return metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
        }
    }

    /// <summary>Whether it was built for debugging: the JIT is told not to optimize it.</summary>
    public bool IsUnoptimized
    {
        get
        {
            foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                var attribute = metadata.GetCustomAttribute(handle);
                if (attribute.Constructor.Kind != HandleKind.MemberReference)
                    continue;
                var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
                if (type.Kind != HandleKind.TypeReference || !metadata.StringComparer.Equals(
                    metadata.GetTypeReference((TypeReferenceHandle)type).Name, nameof(DebuggableAttribute)))
                    continue;
                return DisablesOptimizer(metadata.GetBlobReader(attribute.Value));
            }
            return false;
        }
    }

    /// <summary>Whether it was compiled ahead of time.</summary>
    public bool HasMachineCode => image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size != 0;

    /// <summary>Whether it refers to an assembly.</summary>
    public bool RefersTo(string assembly) => metadata.AssemblyReferences.Any(handle =>
        metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, assembly));

    /// <summary>The full names of the types of other assemblies that are mentioned in it.</summary>
    public IEnumerable<string> ForeignTypes => metadata.TypeReferences.Select(handle =>
    {
        var type = metadata.GetTypeReference(handle);
        return metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name);
    });

    public void Dispose() => image.Dispose();

    // DebuggableAttribute(DebuggingModes) or DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled),
    // after the two bytes with which each attribute's value begins, and before the number of named arguments.
    static bool DisablesOptimizer(BlobReader value)
    {
        const int Prolog = 2, NamedCount = 2;
        var length = value.Length - Prolog - NamedCount;
        _ = value.ReadInt16();
        if (length == sizeof(int))
            return ((DebuggableAttribute.DebuggingModes)value.ReadInt32())
                .HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations);
        _ = value.ReadBoolean();
        return value.ReadBoolean();
    }
}
