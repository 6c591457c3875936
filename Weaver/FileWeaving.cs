using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Weaving;

/// <summary>Weaves assembly files.</summary>
public static class FileWeaving
{
    /// <summary>Reads <paramref name="input"/>, weaves it and writes <paramref name="output"/>, with portable symbols,
    /// embedded if those of the input are, if it has any. An assembly without code, such as a resource assembly, is copied
    /// unchanged. Either the output is complete, or any existing file is left untouched.</summary>
    /// <remarks>The woven assembly keeps its name and public key, but not its signature, which .NET ignores. The native
    /// code of a ReadyToRun assembly is dropped.</remarks>
    /// <param name="input">The assembly to weave; it is not modified unless it is also the output.</param>
    /// <param name="output">Where to write the woven assembly; its folder must exist.</param>
    /// <param name="settings">How to weave.</param>
    /// <param name="runtimeLibrary">The path of the <c>ProfilerWeaver.dll</c> that the woven assembly will load.</param>
    /// <param name="searchFolders">Where to search for the assemblies that the input references, in addition to its own
    /// folder.</param>
    /// <param name="strongNameKey">The content of the <c>.snk</c> file to sign the output with, if the input has a public
    /// key; null to leave it unsigned.</param>
    /// <exception cref="WeavingException">The assembly cannot be woven; the message names the file and what to
    /// do.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public static WeavingReport Weave(string input, string output, WeaverSettings settings, string runtimeLibrary,
        IEnumerable<string> searchFolders, byte[]? strongNameKey = null)
    {
        using var resolver = new FolderResolver(input, searchFolders);
        using var module = AssemblyFile.Read(input, resolver);
        try
        {
            if (!module.Types.Any(HasCode))
            {
                CopyUnchanged(input, output);
                return new();
            }
            using var runtime = ModuleDefinition.ReadModule(runtimeLibrary);
            var report = AssemblyWeaving.Weave(module, settings, runtime.Assembly.Name);
            Write(module, input, output, strongNameKey);
            return report;
        }
        catch (AssemblyResolutionException e)
        {
            throw new WeavingException($"{input} references {e.AssemblyReference.FullName}, which was not found. Put it " +
                "next to the assembly, or add its folder to the search folders.", e);
        }
        catch (ResolutionException e)
        {
            throw new WeavingException($"{input} references {e.Member.FullName}, which {e.Scope?.Name} does not have. Add " +
                "the folder with the assemblies it was compiled against to the search folders.", e);
        }
        // A body that ends too early is a fault of the assembly, not of the disk.
        catch (Exception e) when (e is EndOfStreamException or not (WeavingException or IOException or UnauthorizedAccessException))
        {
            throw new WeavingException($"{input} cannot be woven ({e.GetType().Name}: {e.Message}). Nothing was written. " +
                "Please report the assembly; until this is fixed, leave it unwoven.", e);
        }
    }

    /// <summary>Reads <paramref name="input"/>, and if its code asks for paths of assemblies or starts processes, writes a
    /// copy for which the recorder answers, as it does in an assembly that is woven in place of its original.</summary>
    /// <param name="input">The assembly; it is not touched.</param>
    /// <param name="output">Where the copy goes; its folder exists.</param>
    /// <param name="runtimeLibrary">The path of the <c>ProfilerWeaver.dll</c> that the copy will load.</param>
    /// <param name="searchFolders">Where the assemblies that the input references may be found, besides its own
    /// folder.</param>
    /// <returns>Whether a copy was written.</returns>
    /// <exception cref="WeavingException">The assembly cannot be read or written.</exception>
    internal static bool TellPlaces(string input, string output, string runtimeLibrary, IEnumerable<string> searchFolders)
    {
        using var resolver = new FolderResolver(input, searchFolders);
        using var module = AssemblyFile.Read(input, resolver);
        if (module.GetType(WovenModule.MarkerType) is not null || !OriginalPlaces.AreAskedIn(module))
            return false;
        try
        {
            using var runtime = ModuleDefinition.ReadModule(runtimeLibrary);
            new OriginalPlaces(RecorderReferences.Import(module, runtime.Assembly.Name)).ReplaceIn(module, module.GetAllTypes());
            Write(module, input, output, strongNameKey: null);
            return true;
        }
        catch (Exception e) when (e is EndOfStreamException or not (WeavingException or IOException or UnauthorizedAccessException))
        {
            throw new WeavingException($"{input} cannot be copied ({e.GetType().Name}: {e.Message}).", e);
        }
    }

    static bool HasCode(TypeDefinition type) => type.Methods.Any(method => method.HasBody) || type.NestedTypes.Any(HasCode);

    static void Write(ModuleDefinition module, string input, string output, byte[]? strongNameKey)
    {
        var publicKey = module.Assembly.Name.PublicKey ?? [];
        var key = publicKey.Length > 0 ? strongNameKey : null;
        if (key is null)
            module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        var assembly = new MemoryStream();
        var symbols = new MemoryStream();
        try
        {
            module.Write(assembly, new()
            {
                WriteSymbols = module.HasSymbols,
                SymbolStream = symbols,
                SymbolWriterProvider = module.SymbolReader?.GetWriterProvider() switch
                {
                    null => null,
                    EmbeddedPortablePdbWriterProvider embedded => new Embedded(embedded),
                    // What had symbols in the format of Windows gets portable ones: those can be written anywhere.
                    _ => new PortablePdbWriterProvider(),
                },
                StrongNameKeyBlob = key,
                Timestamp = 0,
            });
        }
        catch (Exception e) when (key is not null && e is CryptographicException or ArgumentException)
        {
            throw new WeavingException($"{input} cannot be signed: the strong-name key is not a key pair ({e.Message}). " +
                "Pass the content of the .snk file with the private key, or no key.", e);
        }
        if (key is not null && !publicKey.SequenceEqual(module.Assembly.Name.PublicKey))
        {
            throw new WeavingException($"{input} was signed with a different strong-name key. Pass the " +
                "key it was built with, or no key: .NET also loads it unsigned.");
        }

        List<(string Path, byte[] Content)> files = [(output, assembly.ToArray())];
        if (symbols.Length > 0)
            files.Add((Path.ChangeExtension(output, ".pdb"), symbols.ToArray()));
        Replace(files);
    }

    // All of them are written before the first one replaces anything.
    static void Replace(List<(string Path, byte[] Content)> files)
    {
        // Not the names with something after them, which may be too long.
        var unique = Guid.NewGuid().ToString("N");
        string Temporary(int i) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files[i].Path))!, $"{unique}-{i}.tmp");
        try
        {
            for (var i = 0; i < files.Count; i++)
                File.WriteAllBytes(Temporary(i), files[i].Content);
            for (var i = 0; i < files.Count; i++)
            {
                if (File.Exists(files[i].Path))
                    File.Replace(Temporary(i), files[i].Path, null);
                else
                    File.Move(Temporary(i), files[i].Path);
            }
        }
        finally
        {
            for (var i = 0; i < files.Count; i++)
                File.Delete(Temporary(i));
        }
    }

    static void CopyUnchanged(string input, string output)
    {
        if (Path.GetFullPath(input) != Path.GetFullPath(output))
            Replace([(output, File.ReadAllBytes(input))]);
    }

    // It writes to no stream of ours; it wants the name of a file, and does not use it.
    sealed class Embedded(EmbeddedPortablePdbWriterProvider provider) : ISymbolWriterProvider
    {
        public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
            provider.GetSymbolWriter(module, module.Name);

        public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
            provider.GetSymbolWriter(module, fileName);
    }
}
