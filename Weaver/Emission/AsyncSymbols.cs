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

    /// <summary>Runs <paramref name="edit"/>, which edits the body of <paramref name="method"/>.</summary>
    public static void Keep(MethodDefinition method, Action edit)
    {
        var notes = method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .Where(note => note.CatchHandler.Offset == NoCatchHandler).ToList();
        edit();
        foreach (var note in notes)
            note.CatchHandler = new(NoCatchHandler);
    }
}
