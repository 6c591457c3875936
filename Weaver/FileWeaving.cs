using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Weaves assemblies that lie in files.</summary>
public static class FileWeaving
{
    /// <summary>Reads <paramref name="input"/>, weaves it and writes <paramref name="output"/>, with symbols of the kind
    /// that the input has. The output is complete or not there at all.</summary>
    /// <param name="input">The assembly to weave; it is not touched.</param>
    /// <param name="output">Where the woven assembly goes; its folder exists.</param>
    /// <param name="settings">How to weave.</param>
    /// <param name="runtimeLibrary">The path of the <c>ProfilerWeaver.dll</c> that the woven assembly will load.</param>
    /// <param name="searchFolders">Where the assemblies that the input references may be found, besides its own folder.</param>
    /// <exception cref="WeavingException">The assembly cannot be woven.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static WeavingReport Weave(string input, string output, WeaverSettings settings, string runtimeLibrary,
        IEnumerable<string> searchFolders)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(input)));
        foreach (var folder in searchFolders)
            resolver.AddSearchDirectory(folder);

        using var module = Read(input, resolver);
        using var runtime = ModuleDefinition.ReadModule(runtimeLibrary);
        var report = AssemblyWeaving.Weave(module, settings, runtime.Assembly.Name);

        var assembly = new MemoryStream();
        var symbols = new MemoryStream();
        module.Write(assembly, new()
        {
            WriteSymbols = module.HasSymbols,
            SymbolStream = symbols,
            SymbolWriterProvider = module.SymbolReader?.GetWriterProvider() is { } provider ? new ToStream(provider) : null,
            Timestamp = 0,
        });
        if (symbols.Length > 0)
            File.WriteAllBytes(Path.ChangeExtension(output, ".pdb"), symbols.ToArray());
        File.WriteAllBytes(output, assembly.ToArray());
        return report;
    }

    static ModuleDefinition Read(string path, IAssemblyResolver resolver)
    {
        try
        {
            return ModuleDefinition.ReadModule(path, new()
            {
                AssemblyResolver = resolver,
                ReadSymbols = true,
                SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
                InMemory = true,
            });
        }
        catch (BadImageFormatException e)
        {
            throw new WeavingException($"{path} is not a .NET assembly: {e.Message}", e);
        }
    }

    // The embedded kind writes to no stream of ours; it wants the name of a file, and does not use it.
    sealed class ToStream(ISymbolWriterProvider provider) : ISymbolWriterProvider
    {
        public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
            provider is EmbeddedPortablePdbWriterProvider
                ? provider.GetSymbolWriter(module, module.Name)
                : provider.GetSymbolWriter(module, symbolStream);

        public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
            provider.GetSymbolWriter(module, fileName);
    }
}
