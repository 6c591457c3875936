using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using MethodDefinition = Mono.Cecil.MethodDefinition;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;
using TypeDefinition = Mono.Cecil.TypeDefinition;

namespace ProfilerWeaver.Tests.Architecture;

/// <summary>In which source files the types of an assembly were written, as its symbols tell.</summary>
static class SourceFiles
{
    static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The files of each outermost type, its parts and nested types among them.</summary>
    /// <param name="module">Read with its symbols.</param>
    public static Dictionary<TypeDefinition, HashSet<string>> Of(ModuleDefinition module)
    {
        var notes = WithoutStatements(module.FileName);
        var files = new Dictionary<TypeDefinition, HashSet<string>>();
        foreach (var type in module.GetTypes())
        {
            var outermost = Outermost(type);
            if (!files.TryGetValue(outermost, out var own))
                files[outermost] = own = [];
            own.UnionWith(type.Methods.SelectMany(OfStatements));
            own.UnionWith(notes.GetValueOrDefault(type.MetadataToken.ToInt32(), []));
        }
        return files;
    }

    /// <summary>The type in which this one is nested, if it is nested.</summary>
    public static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    static IEnumerable<string> OfStatements(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Select(point => point.Document.Url).Distinct();

    // The compiler notes the files of a type that has no statement anywhere.
    static Dictionary<int, List<string>> WithoutStatements(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        if (!image.TryOpenAssociatedPortablePdb(assembly, File.OpenRead, out var symbols, out _))
            throw new FileNotFoundException($"{assembly} has no symbols: build it with DebugType portable or embedded", assembly);
        using var provider = symbols!;
        var reader = provider.GetMetadataReader();
        var files = new Dictionary<int, List<string>>();
        foreach (var handle in reader.CustomDebugInformation)
        {
            var note = reader.GetCustomDebugInformation(handle);
            if (reader.GetGuid(note.Kind) != TypeDefinitionDocuments)
                continue;
            var content = reader.GetBlobReader(note.Value);
            var documents = new List<string>();
            while (content.RemainingBytes > 0)
            {
                var document = reader.GetDocument(MetadataTokens.DocumentHandle(content.ReadCompressedInteger()));
                documents.Add(reader.GetString(document.Name));
            }
            files[MetadataTokens.GetToken(note.Parent)] = documents;
        }
        return files;
    }
}
