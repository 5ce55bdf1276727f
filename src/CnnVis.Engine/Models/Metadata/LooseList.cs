using System.Globalization;
using System.Text;

namespace CnnVis.Engine.Models.Metadata;

/// <summary>
/// Reads a list that somebody wrote down as text: JSON's or Python's lists and dictionaries (<c>{0: 'cat', 1: 'dog'}</c>, by index either way
/// round), lines, or items between commas. Nothing in it is run.
/// </summary>
internal static class LooseList
{
    private const int MostItems = 1_000_000;

    /// <summary>The items as text, or null where no list can be made out.</summary>
    public static string[]? Texts(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return null;
        if (text[0] is not ('[' or '(' or '{')) return Plain(text);
        List<string>? items = Items(text[1..], out bool pairs);
        if (items is null) return null;
        if (!pairs) return [.. items];
        var all = items.Chunk(2).ToArray();
        if (all.Any(p => p.Length < 2)) return null;
        return Ordered(all, key: 0) ?? Ordered(all, key: 1);
    }

    /// <summary>The items as numbers, or null where they are none.</summary>
    public static float[]? Numbers(string text)
    {
        string[]? items = Texts(text);
        if (items is null) return null;
        float[] numbers = new float[items.Length];
        for (int i = 0; i < items.Length; i++)
            if (!float.TryParse(items[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i])) return null;
        return numbers;
    }

    private static string[] Plain(string text) =>
        text.Split(text.Contains('\n') ? '\n' : text.Contains(';') ? ';' : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The values of pairs whose other halves number them from 0 on.</summary>
    private static string[]? Ordered(string[][] pairs, int key)
    {
        string?[] ordered = new string[pairs.Length];
        foreach (string[] pair in pairs)
        {
            if (!int.TryParse(pair[key], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= ordered.Length || ordered[index] is not null) return null;
            ordered[index] = pair[1 - key];
        }
        return ordered!;
    }

    /// <summary>Items up to the closing bracket, keys and values alike; null where lists lie in lists, or a text has no end.</summary>
    private static List<string>? Items(string text, out bool pairs)
    {
        pairs = false;
        var items = new List<string>();
        var word = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length && items.Count < MostItems; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\'' or '"':
                    quoted = true;
                    int end = i + 1;
                    for (; end < text.Length && text[end] != c; end++)
                    {
                        if (text[end] == '\\' && end + 1 < text.Length) end++;
                        word.Append(text[end]);
                    }
                    if (end >= text.Length) return null;
                    i = end;
                    break;
                case ',' or ':' or ']' or ')' or '}':
                    pairs |= c == ':';
                    if (quoted || word.Length > 0) items.Add(quoted ? word.ToString() : word.ToString().Trim());
                    word.Clear();
                    quoted = false;
                    if (c is ']' or ')' or '}') return items;
                    break;
                case '[' or '(' or '{':
                    return null;
                default:
                    if (!quoted && (word.Length > 0 || !char.IsWhiteSpace(c))) word.Append(c);
                    break;
            }
        }
        return null;
    }
}
