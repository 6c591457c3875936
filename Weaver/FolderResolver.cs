using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Finds what an assembly references in its own folder, in others, and in the running .NET.</summary>
sealed class FolderResolver : DefaultAssemblyResolver
{
    public FolderResolver(string assembly, IEnumerable<string> folders)
    {
        Types = new BoundedTypeResolver(this);
        foreach (var folder in GetSearchDirectories())
            RemoveSearchDirectory(folder);
        AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(assembly)));
        foreach (var folder in folders)
            AddSearchDirectory(folder);
    }

    /// <summary>Finds types in the assemblies.</summary>
    public IMetadataResolver Types { get; }

    /// <inheritdoc/>
    public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        parameters.AssemblyResolver = this;
        parameters.MetadataResolver = Types;
        return base.Resolve(name, parameters);
    }

    // Between the assemblies of different frameworks a type may be forwarded in a circle.
    sealed class BoundedTypeResolver(IAssemblyResolver assemblies) : MetadataResolver(assemblies)
    {
        const int MostForwards = 50;

        int depth;

        public override TypeDefinition? Resolve(TypeReference type)
        {
            if (depth >= MostForwards)
                return null;
            depth++;
            try
            {
                return base.Resolve(type);
            }
            finally
            {
                depth--;
            }
        }
    }
}
