using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>A <c>try</c> around a whole body, with a <c>finally</c> behind it.</summary>
static class FinallyRegion
{
    /// <summary>Adds it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="first">Its first instruction.</param>
    /// <param name="handler">The first one of the handler.</param>
    /// <param name="end">What follows the handler; null: nothing.</param>
    public static void Add(MethodBody body, Instruction first, Instruction handler, Instruction? end)
    {
        // "To the end of the body" means: to where the new handler begins.
        foreach (var region in body.ExceptionHandlers)
        {
            region.TryEnd ??= handler;
            region.HandlerEnd ??= handler;
        }
        body.ExceptionHandlers.Add(new(ExceptionHandlerType.Finally)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
        });
    }
}
