using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Reads symbols as another reader does, but answers that a type has no notes with an empty list. Cecil takes null for
/// "not read yet" and asks again when it writes the type, by the number that the type has then: the type would get the
/// notes of the one that had this number.
/// </summary>
sealed class TypeNotesReader : ISymbolReader
{
    readonly ISymbolReader reader;

    TypeNotesReader(ISymbolReader reader) => this.reader = reader;

    /// <summary>Puts it between <paramref name="module"/> and the reader of its symbols, if there is one.</summary>
    public static void AddTo(ModuleDefinition module)
    {
        if (module.SymbolReader is { } reader and not TypeNotesReader)
            module.ReadSymbols(new TypeNotesReader(reader));
    }

    public Collection<CustomDebugInformation> Read(ICustomDebugInformationProvider provider) => reader.Read(provider) ?? [];

    public MethodDebugInformation Read(MethodDefinition method) => reader.Read(method);

    public ISymbolWriterProvider GetWriterProvider() => reader.GetWriterProvider();

    // The symbols were found to be the module's when the module was given their reader.
    public bool ProcessDebugHeader(ImageDebugHeader header) => true;

    public void Dispose() => reader.Dispose();
}
