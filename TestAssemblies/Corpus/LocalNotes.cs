namespace Scenarios.Corpus;

// The compiler notes the names in the tuple and the dynamic of locals for debuggers.
static class LocalNotes
{
    public static string Locals((int Left, int Right)[] pairs)
    {
        var text = "";
        foreach (var pair in pairs)
        {
            (int First, int Last) turned = (pair.Right, pair.Left);
            dynamic sum = turned.First;
            sum += turned.Last;
            text += $"{turned}{sum}";
        }
        return text;
    }
}
