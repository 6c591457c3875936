namespace ProfilerWeaver;

/// <summary>Texts by number, each once.</summary>
sealed class NumberedTexts
{
    readonly Dictionary<string, int> places = [];
    readonly List<string> texts = [];

    public IReadOnlyList<string> Texts => texts;

    public int Of(string text)
    {
        if (!places.TryGetValue(text, out var place))
        {
            places[text] = place = texts.Count;
            texts.Add(text);
        }
        return place;
    }
}
