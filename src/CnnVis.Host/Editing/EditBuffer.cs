namespace CnnVis.Host.Editing;

/// <summary>A line of text and the place in it where typing goes.</summary>
internal sealed class EditBuffer
{
    /// <summary>What has been typed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the next character goes: 0 to the length.</summary>
    public int Cursor { get; private set; }

    /// <summary>Another text, the cursor behind it.</summary>
    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Puts text at the cursor.</summary>
    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Puts text in place of a part, the cursor behind it.</summary>
    public void Replace(int start, int length, string text) => (Text, Cursor) = (Text.Remove(start, length).Insert(start, text), start + text.Length);

    /// <summary>Moves the cursor, as far as there is text.</summary>
    public void MoveTo(int position) => Cursor = Math.Clamp(position, 0, Text.Length);

    /// <summary>Removes from the cursor to a position on either side.</summary>
    public void DeleteTo(int position)
    {
        position = Math.Clamp(position, 0, Text.Length);
        Replace(Math.Min(position, Cursor), Math.Abs(position - Cursor), "");
    }

    /// <summary>Where the word before the cursor begins.</summary>
    public int PreviousWord()
    {
        int at = Cursor;
        while (at > 0 && !char.IsLetterOrDigit(Text[at - 1])) at--;
        while (at > 0 && char.IsLetterOrDigit(Text[at - 1])) at--;
        return at;
    }

    /// <summary>Where the word after the cursor ends.</summary>
    public int NextWord()
    {
        int at = Cursor;
        while (at < Text.Length && !char.IsLetterOrDigit(Text[at])) at++;
        while (at < Text.Length && char.IsLetterOrDigit(Text[at])) at++;
        return at;
    }
}
