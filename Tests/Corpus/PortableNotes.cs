using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>What the compiler notes in a portable PDB beside its tables (its custom debug information), by what it means: no
/// numbers of rows.</summary>
static class PortableNotes
{
    static readonly Dictionary<Guid, string> Kinds = new()
    {
        [new("0E8A571B-6926-466E-B4AD-8AB04611F5FE")] = "embedded source",
        [new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3")] = "documents of a type",
        [new("ED9FDF71-8879-4747-8ED3-FE5EDE3CE710")] = "names in a tuple",
        [new("83C563C4-B4F3-47D5-B824-BA5441477EA8")] = "flags of dynamic",
        [new("B5FEEC05-8CD0-4A83-96DA-466284BB4BD8")] = "options of the compiler",
        [new("7E4D4708-096E-4C5C-AEDA-CB10BA6A740D")] = "references",
    };

    /// <summary>All of them except those of some kinds.</summary>
    public static IEnumerable<(string Kind, string Of, string Value)> In(SymbolFile file, params Guid[] without)
    {
        var variables = file.Symbols.LocalScopes.Select(file.Symbols.GetLocalScope).SelectMany(scope => scope.GetLocalVariables()
            .Select(handle => (Handle: (EntityHandle)handle, scope.Method, Name: file.Symbols.GetString(file.Symbols.GetLocalVariable(handle).Name)))
            .Concat(scope.GetLocalConstants()
            .Select(handle => (Handle: (EntityHandle)handle, scope.Method, Name: file.Symbols.GetString(file.Symbols.GetLocalConstant(handle).Name)))))
            .ToDictionary(local => local.Handle, local => $"{local.Name} in {Method(file, local.Method)}");
        foreach (var handle in file.Symbols.CustomDebugInformation)
        {
            var note = file.Symbols.GetCustomDebugInformation(handle);
            var kind = file.Symbols.GetGuid(note.Kind);
            if (without.Contains(kind))
                continue;
            var name = Kinds.GetValueOrDefault(kind) ?? kind.ToString();
            yield return (name, Parent(file, note.Parent, variables), name == "documents of a type"
                ? string.Join(", ", DocumentsIn(file, note.Value))
                : Convert.ToHexString(file.Symbols.GetBlobBytes(note.Value)));
        }
    }

    static IEnumerable<string> DocumentsIn(SymbolFile file, BlobHandle value)
    {
        for (var reader = file.Symbols.GetBlobReader(value); reader.RemainingBytes > 0;)
            yield return file.DocumentName(MetadataTokens.DocumentHandle(reader.ReadCompressedInteger()));
    }

    static string Parent(SymbolFile file, EntityHandle parent, Dictionary<EntityHandle, string> variables) => parent.Kind switch
    {
        HandleKind.ModuleDefinition => "the module",
        HandleKind.Document => file.DocumentName((DocumentHandle)parent),
        HandleKind.TypeDefinition => Type(file, (TypeDefinitionHandle)parent),
        HandleKind.MethodDefinition => Method(file, (MethodDefinitionHandle)parent),
        HandleKind.LocalVariable or HandleKind.LocalConstant => variables[parent],
        _ => throw new NotSupportedException($"a note on a {parent.Kind}"),
    };

    static string Method(SymbolFile file, MethodDefinitionHandle handle)
    {
        var method = file.Metadata.GetMethodDefinition(handle);
        return $"{Type(file, method.GetDeclaringType())}.{file.Metadata.GetString(method.Name)}";
    }

    static string Type(SymbolFile file, TypeDefinitionHandle handle)
    {
        var type = file.Metadata.GetTypeDefinition(handle);
        var name = file.Metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{Type(file, outer)}.{name}" : name;
    }
}
