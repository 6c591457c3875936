using System.Reflection;
using System.Runtime.Loader;

namespace ProfilerWeaver.Scripting;

/// <summary>Holds the assemblies of a command for as long as it is in use. What they refer to is what the host
/// has.</summary>
sealed class ScriptLoadContext(Host host) : AssemblyLoadContext("command", isCollectible: true)
{
    /// <summary>Loads an assembly.</summary>
    public Assembly Load(Image image) => LoadFromStream(new MemoryStream(image.Assembly), new MemoryStream(image.Symbols));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name
            ? Assemblies.FirstOrDefault(own => own.GetName().Name == name) ?? host.Find(name)
            : null;
}
