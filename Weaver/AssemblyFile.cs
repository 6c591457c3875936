using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Reads an assembly so that it can be woven and written, or says why it cannot.</summary>
static class AssemblyFile
{
    /// <summary>Reads the assembly at <paramref name="path"/> with its symbols, if there are any that fit.</summary>
    /// <exception cref="WeavingException">It cannot be woven; the message names the file and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModuleDefinition Read(string path, FolderResolver resolver)
    {
        var image = File.ReadAllBytes(path);
        var kind = Understood(path, () => ImageHeaders.KindOf(image));
        switch (kind)
        {
            case ImageKind.None:
                throw new WeavingException($"{path} is not a .NET assembly. Weave .dll and .exe files that a .NET " +
                    "compiler made.");
            case ImageKind.Native:
                throw new WeavingException($"{path} is not a .NET assembly but native code without metadata, such as the host " +
                    "of an application (an .exe next to a .dll of the same name). Do not weave it.");
            case ImageKind.Mixed:
                throw new WeavingException($"{path} is a mixed-mode (C++/CLI) assembly, whose native code would be lost. " +
                    "Do not weave it, or compile it with /clr:pure or /clr:safe.");
        }

        var module = Understood(path, () => ModuleDefinition.ReadModule(new MemoryStream(image), new(ReadingMode.Deferred)
        {
            AssemblyResolver = resolver,
            MetadataResolver = resolver.Types,
        }));
        try
        {
            if (Understood(path, () => ReasonNotToWeave(module)) is { } reason)
                throw new WeavingException($"{path} {reason}");
            if (kind == ImageKind.ReadyToRun)
                DropMachineCode(module);
            ReadSymbols(module, path);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    static string? ReasonNotToWeave(ModuleDefinition module)
    {
        if (module.Assembly is not { } assembly)
            return "is a module of another assembly. Compile it into that assembly, and weave that.";
        if (module.MetadataKind != MetadataKind.Ecma335)
            return "is Windows metadata, which contains no code. Do not weave it.";
        if (assembly.CustomAttributes.Any(attribute =>
                attribute.AttributeType.FullName == "System.Runtime.CompilerServices.ReferenceAssemblyAttribute"))
            return "is a reference assembly, which contains no code. Weave the implementation: the one in bin, or in the " +
                "lib folder of its package.";
        if (Libraries.IsOurs(assembly.Name.Name))
            return "is one of ProfilerWeaver's own libraries. Do not weave it.";
        if (assembly.MainModule.GetType("System.Object") is not null)
            return "is the core library of .NET, which the recorder itself depends on. Do not weave it.";
        return null;
    }

    // What is left is what the compiler made, for any machine.
    static void DropMachineCode(ModuleDefinition module)
    {
        module.Attributes = ModuleAttributes.ILOnly | (module.Attributes & ModuleAttributes.StrongNameSigned);
        module.Architecture = TargetArchitecture.I386;
    }

    static void ReadSymbols(ModuleDefinition module, string path)
    {
        var provider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false);
        try
        {
            if (provider.GetSymbolReader(module, path) is { } reader)
                module.ReadSymbols(reader, throwIfSymbolsAreNotMaching: false);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            throw new WeavingException($"The symbols of {path} cannot be read ({e.Message}). Rebuild the assembly, or " +
                $"delete {Path.ChangeExtension(path, ".pdb")}.", e);
        }
    }

    // The reader takes a file at its word and fails in as many ways as there are ways to be damaged.
    static T Understood<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
        {
            throw new WeavingException($"{path} is damaged or truncated: {e.Message} Rebuild it, or restore it from its " +
                "package.", e);
        }
    }
}
