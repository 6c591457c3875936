namespace ProfilerWeaver.Tool;

/// <summary>A line that is being edited, and the place of the cursor in it.</summary>
sealed class EditedLine
{
    string killed = "";

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public string BeforeCursor => Text[..Cursor];

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text) => Replace(Cursor, Cursor, text);

    /// <summary>Puts a text in place of what lies between two places; the cursor is behind it.</summary>
    public void Replace(int start, int end, string text)
    {
        Text = Text[..start] + text + Text[end..];
        Cursor = start + text.Length;
    }

    public void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Text.Length);

    public void Yank() => Insert(killed);

    /// <summary>Removes what lies between the cursor and another place, and keeps it for <see cref="Yank"/>.</summary>
    public void KillTo(int place)
    {
        var (start, end) = place < Cursor ? (place, Cursor) : (Cursor, place);
        killed = Text[start..end];
        Replace(start, end, "");
    }

    /// <summary>Removes what lies between the cursor and another place.</summary>
    public void DeleteTo(int place)
    {
        var (start, end) = place < Cursor ? (place, Cursor) : (Cursor, place);
        Replace(start, end, "");
    }

    /// <summary>The place one character to the left; a surrogate pair is one character.</summary>
    public int Left => Cursor - (Cursor > 1 && char.IsSurrogatePair(Text[Cursor - 2], Text[Cursor - 1]) ? 2 : Math.Min(Cursor, 1));

    /// <summary>The place one character to the right.</summary>
    public int Right => Cursor == Text.Length ? Cursor
        : Cursor + (Cursor + 1 < Text.Length && char.IsSurrogatePair(Text[Cursor], Text[Cursor + 1]) ? 2 : 1);

    /// <summary>The beginning of the word before the cursor.</summary>
    public int WordLeft => Back(Back(Cursor, isWord: false), isWord: true);

    /// <summary>The end of the word behind the cursor.</summary>
    public int WordRight
    {
        get
        {
            var place = Cursor;
            while (place < Text.Length && !char.IsLetterOrDigit(Text[place]))
                place++;
            while (place < Text.Length && char.IsLetterOrDigit(Text[place]))
                place++;
            return place;
        }
    }

    /// <summary>The beginning of what lies before the cursor without a blank.</summary>
    public int BlankLeft
    {
        get
        {
            var place = Cursor;
            while (place > 0 && char.IsWhiteSpace(Text[place - 1]))
                place--;
            while (place > 0 && !char.IsWhiteSpace(Text[place - 1]))
                place--;
            return place;
        }
    }

    int Back(int place, bool isWord)
    {
        while (place > 0 && char.IsLetterOrDigit(Text[place - 1]) == isWord)
            place--;
        return place;
    }
}
