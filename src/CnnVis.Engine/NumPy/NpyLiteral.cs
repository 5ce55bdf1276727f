namespace CnnVis.Engine.NumPy;

/// <summary>Reads the few forms of Python literal that a NumPy header is made of.</summary>
internal sealed class NpyLiteral(string text)
{
    private int _at;

    public bool Is(char c)
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length && text[_at] == c;
    }

    public bool Skip(char c)
    {
        if (!Is(c)) return false;
        _at++;
        return true;
    }

    public void Expect(char c)
    {
        if (!Skip(c)) throw Damaged();
    }

    /// <summary>A text in quotes; no header has an escape in one.</summary>
    public string Text()
    {
        char quote = Is('"') ? '"' : '\'';
        Expect(quote);
        int end = text.IndexOf(quote, _at);
        if (end < 0) throw Damaged();
        string value = text[_at..end];
        _at = end + 1;
        return value;
    }

    /// <summary>Letters and digits.</summary>
    public string Word()
    {
        _ = Is(' ');
        int start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at])) _at++;
        return text[start.._at];
    }

    public void End()
    {
        _ = Is(' ');
        if (_at < text.Length) throw Damaged();
    }

    public static CnnVisException Damaged() => NpyHeader.Unreadable("its NumPy header is damaged");
}
