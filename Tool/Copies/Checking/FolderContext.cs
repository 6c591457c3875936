using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace ProfilerWeaver.Tool;

/// <summary>Loads assemblies from a list of folders, and can be unloaded.</summary>
[RequiresUnreferencedCode(BodyReader.TakesJit)]
sealed class FolderContext(string[] folders) : AssemblyLoadContext("checking", isCollectible: true)
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => folders
        .Select(folder => Path.Combine(Path.GetFullPath(folder), assemblyName.Name + ".dll"))
        .Where(File.Exists)
        .Select(LoadFromAssemblyPath)
        .FirstOrDefault();
}
