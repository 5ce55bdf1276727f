namespace CnnVis;

/// <summary>What somebody who mistyped a name may have meant.</summary>
public static class Suggestion
{
    /// <summary>The most likely of <paramref name="names"/>, at most <paramref name="count"/>: those that contain what was typed, then the nearest by edit distance.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> names, int count = 5) =>
        [.. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((name, index) => (name, index, distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant()) - (name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 1000 : 0)))
            .OrderBy(c => c.distance).ThenBy(c => c.index)
            .Take(count)
            .Select(c => c.name)];

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
