using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Tool;

/// <summary>Tells assemblies that were built on this machine from those that came to it.</summary>
static class LocalBuild
{
    /// <summary>Whether an assembly still lies where its compiler has written it: beside its symbols, whose path it knows,
    /// also where those are embedded.</summary>
    public static bool Contains(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            using var image = new PEReader(stream);
            foreach (var entry in image.ReadDebugDirectory())
            {
                if (entry.Type == DebugDirectoryEntryType.CodeView
                    && image.ReadCodeViewDebugDirectoryData(entry).Path is var symbols && Path.IsPathFullyQualified(symbols))
                    return File.Exists(Path.ChangeExtension(symbols, Path.GetExtension(path)));
            }
        }
        catch (BadImageFormatException)
        {
            // Native code, or none.
        }
        return false;
    }
}
