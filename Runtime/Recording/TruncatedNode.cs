namespace ProfilerWeaver;

/// <summary>Tells the contexts of <see cref="TruncatedTable"/> from those of trees: their methods are negative, so that the
/// recorder's hot path, which compares methods, never takes one for a child.</summary>
static unsafe class TruncatedNode
{
    /// <summary>The "caller" of what a thread itself calls.</summary>
    public const int NoCaller = 0x7FFF_FF00;

    /// <summary>What is added to a method. Ids stay far below half of what an int holds, so that the sum is no id of a method that is
    /// not recorded either (<c>Recorder.UnrecordedId</c>).</summary>
    public const int Mark = int.MinValue;

    /// <summary>Whether <paramref name="node"/> is the context of a pair or of a method here, or the root of a thread whose
    /// calls all go here.</summary>
    public static bool Is(Node* node) => node->Method < Node.TruncatedMethod;

    /// <summary>The method that <see cref="Node.Method"/> stands for here: of a pair, that of the caller.</summary>
    public static int MethodOf(Node* node) => node->Method & ~Mark;

    /// <summary>What a thread has for a root whose calls all go here.</summary>
    public static Node* AddRoot(RecorderMemory memory)
    {
        var root = (Node*)memory.Allocate(Node.Size);
        *root = new() { Method = NoCaller | Mark, LastChild = memory.NoNode };
        return root;
    }
}
