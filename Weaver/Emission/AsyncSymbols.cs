using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Keeps the debugger's note on an async method intact while its body is edited. "No catch handler" is written as the
/// offset −1, which Cecil takes for the first instruction as soon as another one is inserted.
/// </summary>
static class AsyncSymbols
{
    const int NoCatchHandler = -1;

    /// <summary>The notes on <paramref name="method"/> that have to be restored once its body is edited.</summary>
    public static IReadOnlyList<AsyncMethodBodyDebugInformation> WithoutCatchHandler(MethodDefinition method) =>
        !method.HasCustomDebugInformations ? []
        : [.. method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .Where(note => note.CatchHandler.Offset == NoCatchHandler)];

    /// <summary>Makes the notes say again that there is no catch handler.</summary>
    public static void Restore(IReadOnlyList<AsyncMethodBodyDebugInformation> notes)
    {
        foreach (var note in notes)
            note.CatchHandler = new(NoCatchHandler);
    }
}
