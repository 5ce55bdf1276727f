namespace CnnVis;

/// <summary>What somebody who mistyped a name may have meant.</summary>
public static class Suggestion
{
    /// <summary>The most likely of <paramref name="names"/>, at most <paramref name="count"/>: those that contain what was typed, then those of which a word sounds like it, then the nearest by edit distance.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> names, int count = 5)
    {
        string sound = Sound(typed);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((name, index) => (name, index, rank: Rank(name), distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(c => c.rank).ThenBy(c => c.distance).ThenBy(c => c.index)
            .Take(count)
            .Select(c => c.name)];

        int Rank(string name) => typed.Length > 0 && name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 0
            : sound.Length > 1 && (Sound(name) == sound || name.Split(' ', ',', '_', '-').Any(word => Sound(word) == sound)) ? 1
            : 2;
    }

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
