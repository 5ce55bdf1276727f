using System.Text.RegularExpressions;

namespace CnnVis;

/// <summary>What somebody who mistyped a name may have meant.</summary>
public static partial class Suggestion
{
    /// <summary>The most likely of <paramref name="names"/>, at most <paramref name="count"/>: those that contain what was typed, then those of mostly the same words in whatever order, then those of which a word sounds like it, then the nearest by edit distance.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> names, int count = 5)
    {
        string sound = Sound(typed);
        string[] words = Words(typed);
        return names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((name, index) => (name, index, rank: Rank(name), distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderByDescending(c => c.rank).ThenBy(c => c.distance).ThenBy(c => c.index)
            .Take(count)
            .Select(c => c.name)
            .ToArray();

        // More than half of the words are the same: 1 to 2; the higher, the more of them.
        double Rank(string name) => typed.Length > 0 && name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 3
            : SharedWords(words, Words(name)) is > 0.5 and var shared ? 1 + shared
            : sound.Length > 1 && (Sound(name) == sound || Words(name).Any(word => Sound(word) == sound)) ? 1
            : 0;
    }

    /// <summary>The words of a name: between marks, and from one capital to the next.</summary>
    private static string[] Words(string name) => [.. WordPattern().Matches(name.Replace("+", "Plus", StringComparison.Ordinal)).Select(m => m.Value)];

    [GeneratedRegex(@"\p{Lu}?[^\W\p{Lu}_]+|[\p{Lu}\d]+(?![^\W\p{Lu}_])")]
    private static partial Regex WordPattern();

    /// <summary>How many words two names share, of the words of the longer one. Words are the same where one begins with the other, so that endings do not count.</summary>
    private static double SharedWords(string[] typed, string[] name)
    {
        var left = new List<string>(name);
        int shared = typed.Count(word => left.FindIndex(other => Same(word, other)) is >= 0 and var at && left.Remove(left[at]));
        return (double)shared / Math.Max(1, Math.Max(typed.Length, name.Length));
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase)
        || Math.Min(one.Length, other.Length) >= 4 && (one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase));

    /// <summary>The consonants of a word, alike ones as one, as Soundex tells them: robin and robbyn, kangaroo and cangaru sound alike.</summary>
    private static string Sound(string word)
    {
        var sound = new System.Text.StringBuilder();
        char last = '\0';
        foreach (char c in word.ToLowerInvariant())
        {
            char code = c switch
            {
                'b' or 'f' or 'p' or 'v' or 'w' => '1',
                'c' or 'g' or 'j' or 'k' or 'q' or 's' or 'x' or 'z' => '2',
                'd' or 't' => '3',
                'l' => '4',
                'm' or 'n' => '5',
                'r' => '6',
                'h' => last, // silent
                >= '0' and <= '9' => c,
                _ => '\0',
            };
            if (code != '\0' && code != last) sound.Append(code);
            last = code;
        }
        return sound.ToString();
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
