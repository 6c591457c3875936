using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Tells assemblies that are woven from others.</summary>
static class WovenAssemblies
{
    /// <summary>Whether the file is a woven assembly.</summary>
    public static bool Contains(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            using var image = new PEReader(stream);
            if (!image.HasMetadata)
                return false;
            var metadata = image.GetMetadataReader();
            return metadata.TypeDefinitions.Any(handle =>
                metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, WovenModule.MarkerType));
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
