using System.Globalization;

namespace CnnVis.Engine.Drawing;

/// <summary>Makes text fit its room.</summary>
public static class TextFitting
{
    private const string Ellipsis = "…";

    /// <summary>The text itself where it fits, else as much of its beginning as fits before an ellipsis.</summary>
    /// <param name="text">One line.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="room">Pixels that it may take.</param>
    /// <param name="measure">Widths.</param>
    public static string Elide(string text, TextStyle style, double room, TextMeasure measure)
    {
        if (measure(text, style) <= room) return text;
        int[] letters = StringInfo.ParseCombiningCharacters(text);
        int fits = Largest(letters.Length, n => measure(Beginning(n) + Ellipsis, style) <= room);
        return fits == 0 ? Ellipsis : Beginning(fits) + Ellipsis;

        string Beginning(int count) => text[..(count < letters.Length ? letters[count] : text.Length)].TrimEnd();
    }

    /// <summary>The text in lines broken between words; a word too long for a line is elided, and so is the last line allowed where more would follow.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="room">Pixels that a line may take.</param>
    /// <param name="maximumLines">Lines that it may take, at least 1.</param>
    /// <param name="measure">Widths.</param>
    public static IReadOnlyList<string> Wrap(string text, TextStyle style, double room, int maximumLines, TextMeasure measure)
    {
        List<string> lines = [];
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (int at = 0; at < words.Length;)
        {
            if (lines.Count == maximumLines - 1)
            {
                lines.Add(Elide(string.Join(' ', words[at..]), style, room, measure));
                break;
            }
            int first = at;
            int fits = Largest(words.Length - first, n => measure(string.Join(' ', words[first..(first + n)]), style) <= room);
            lines.Add(Elide(string.Join(' ', words[at..(at + Math.Max(1, fits))]), style, room, measure));
            at += Math.Max(1, fits);
        }
        return lines;
    }

    /// <summary>The largest number up to <paramref name="count"/> that fits, by bisection; 0 where none does.</summary>
    private static int Largest(int count, Func<int, bool> fits)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (fits(middle)) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
