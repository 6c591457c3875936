namespace ProfilerWeaver;

/// <summary>Takes the contexts of a tree one by one: each is entered, then come all below it, then it is left. So a tree can
/// go from the recorder's memory to a file, to columns or to a table, and nothing holds it as a whole on the way.</summary>
abstract class ContextSink
{
    /// <summary>Begins a context.</summary>
    /// <param name="method">The index of its method; -1 for a root.</param>
    /// <param name="figures">Its figures.</param>
    public abstract void Enter(int method, in ContextFigures figures);

    /// <summary>Ends the context that was entered last and not left yet.</summary>
    public abstract void Leave();
}
