using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using MethodAttributes = Mono.Cecil.MethodAttributes;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Keeps the documents of a portable PDB, each with its number. Cecil writes only those in which a statement lies, and
/// numbers them as it comes across them; but a document may hold its source, and a type without statements (an enum, an
/// interface) refers to its documents by their numbers.
/// </summary>
static class SymbolDocuments
{
    const int HiddenLine = 0xFEEFEE;
    const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Gives <paramref name="type"/>, the first one of its module to be written that has methods, a method with a
    /// hidden statement in each document. Nobody calls it.</summary>
    /// <returns>False if this Cecil does not show its documents as expected; then nothing was done.</returns>
    public static bool KeepIn(TypeDefinition type, ModuleDefinition module)
    {
        if (module.SymbolReader?.GetWriterProvider() is not (PortablePdbWriterProvider or EmbeddedPortablePdbWriterProvider))
            return true;
        if (Of(module) is not { } documents)
            return false;
        var method = new MethodDefinition("Documents", MethodAttributes.Private | MethodAttributes.Static |
            MethodAttributes.HideBySig, module.TypeSystem.Void);
        type.Methods.Add(method);
        var il = method.Body.GetILProcessor();
        foreach (var document in documents)
        {
            // Two statements cannot lie at one instruction.
            var place = il.Create(OpCodes.Nop);
            il.Append(place);
            method.DebugInformation.SequencePoints.Add(new(place, document)
            {
                StartLine = HiddenLine,
                EndLine = HiddenLine,
            });
        }
        il.Emit(OpCodes.Ret);
        return true;
    }

    // Cecil has read them together with the first body, and keeps them to itself.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The tool keeps the fields of both types.")]
    static Document[]? Of(ModuleDefinition module)
    {
        var system = typeof(ModuleDefinition).GetField("MetadataSystem", Internal);
        if (system?.FieldType.GetField("Documents", Internal)?.GetValue(system.GetValue(module)) is not Document[] documents)
            return null;
        foreach (var document in documents.Where(document => !document.HasCustomDebugInformations))
        {
            foreach (var note in module.SymbolReader.Read(document) ?? [])
                document.CustomDebugInformations.Add(note);
        }
        return documents;
    }
}
