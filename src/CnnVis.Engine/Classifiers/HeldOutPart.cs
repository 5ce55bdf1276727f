namespace CnnVis.Engine.Classifiers;

/// <summary>Which codes are left out of a fit: of each class the same share of its pictures, by the seed. All codes of one picture (views of it) are on one side.</summary>
internal static class HeldOutPart
{
    /// <summary>For each code whether it is left out. Of each class at least one picture stays in.</summary>
    /// <param name="labels">Classes of the codes.</param>
    /// <param name="sources">Their pictures; null where that is not known, which makes each its own.</param>
    /// <param name="share">In (0, 1).</param>
    /// <param name="seed">Decides which.</param>
    public static bool[] Of(IReadOnlyList<int> labels, IReadOnlyList<string?> sources, double share, long seed)
    {
        bool[] isOut = new bool[labels.Count];
        foreach (var ofClass in Enumerable.Range(0, labels.Count).GroupBy(i => labels[i]).OrderBy(g => g.Key))
        {
            int[][] pictures = [.. ofClass.GroupBy(i => sources[i] ?? $"\n{i}", StringComparer.Ordinal).Select(g => g.ToArray())];
            new Random(HashCode(seed, ofClass.Key)).Shuffle(pictures);
            int count = Math.Min(pictures.Length - 1, (int)Math.Round(share * pictures.Length));
            foreach (int code in pictures.Take(count).SelectMany(codes => codes)) isOut[code] = true;
        }
        return isOut;
    }

    private static int HashCode(long seed, int label) => unchecked((int)((seed * 31 + label + 1) * 2654435761L >> 8));
}
