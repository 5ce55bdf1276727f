using System.Text;

namespace CnnVis;

/// <summary>Texts in lines of a width, broken between words: PowerShell's tables break wherever a column ends.</summary>
public static class FoldedText
{
    /// <summary>The text in lines of at most so many letters: at spaces, before the capital of a next word, after marks, before the dot of an ending; inside a word only where that is longer than a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Letters in a line.</param>
    public static string Of(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (text.Length <= width) return text;
        return string.Join('\n', text.Split('\n').Select(line => Line(line, width)));
    }

    private static string Line(string text, int width)
    {
        var lines = new StringBuilder();
        int start = 0;
        while (text.Length - start > width)
        {
            int end = start + width;
            while (end > start && !IsBoundary(text, end)) end--;
            if (end == start) end = start + width;
            lines.Append(text.AsSpan(start, end - start).TrimEnd()).Append('\n');
            start = end;
            while (start < text.Length && text[start] == ' ') start++;
        }
        return lines.Append(text.AsSpan(start)).ToString();
    }

    /// <summary>Whether a line may end before that letter.</summary>
    private static bool IsBoundary(string text, int at)
    {
        char before = text[at - 1], after = text[at];
        if (char.IsSurrogatePair(before, after)) return false;
        // A mark belongs to what is before it, but for the dot of an ending, and what opens to what it opens.
        if (before is '(' or '[' or '{' or '\'' or '"') return false;
        return before == ' ' || after == ' ' || after == '.' && at + 1 < text.Length && char.IsLetter(text[at + 1]) || char.IsLetterOrDigit(after) && !char.IsLetterOrDigit(before) && before != '.'
            || char.IsLower(before) && char.IsUpper(after);
    }
}
