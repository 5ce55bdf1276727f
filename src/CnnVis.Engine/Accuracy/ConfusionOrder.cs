namespace CnnVis.Engine.Accuracy;

/// <summary>
/// Puts classes that are mistaken for each other side by side: average linkage on the mean share of the one's pictures that are taken for the other, by the chain of nearest neighbours
/// (Murtagh, The Computer Journal 1983); clusters are joined by the ends that are most alike.
/// </summary>
internal static class ConfusionOrder
{
    /// <param name="counts">Pictures by what they show (row) and what is said (column).</param>
    /// <returns>The classes' places, from first to last.</returns>
    public static int[] Of(int[][] counts)
    {
        int n = counts.Length;
        if (n == 0) return [];
        double[] sums = [.. counts.Select(r => (double)Math.Max(1, r.Sum()))];
        double[][] alike = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => (counts[i][j] / sums[i] + counts[j][i] / sums[j]) / 2).ToArray())];
        double[][] between = [.. alike.Select(r => (double[])r.Clone())]; // of clusters
        var clusters = Enumerable.Range(0, n).Select(i => new List<int> { i }).ToArray();
        var active = Enumerable.Range(0, n).ToList();
        var chain = new Stack<int>();
        while (active.Count > 1)
        {
            if (chain.Count == 0) chain.Push(active[0]);
            int top = chain.Peek(), before = chain.Skip(1).FirstOrDefault(-1), nearest = before;
            foreach (int other in active)
                if (other != top && (nearest < 0 || between[top][other] > between[top][nearest])) nearest = other;
            if (nearest != before)
            {
                chain.Push(nearest);
                continue;
            }
            chain.Pop();
            chain.Pop();
            var (kept, gone) = (Math.Min(top, nearest), Math.Max(top, nearest));
            double a = clusters[kept].Count, b = clusters[gone].Count;
            foreach (int other in active) between[kept][other] = between[other][kept] = (a * between[kept][other] + b * between[gone][other]) / (a + b);
            clusters[kept] = Joined(clusters[kept], clusters[gone], alike);
            active.Remove(gone);
        }
        return [.. clusters[active[0]]];
    }

    private static List<int> Joined(List<int> first, List<int> second, double[][] alike)
    {
        double[] ends = [alike[first[^1]][second[0]], alike[first[^1]][second[^1]], alike[first[0]][second[0]], alike[first[0]][second[^1]]];
        int best = Array.IndexOf(ends, ends.Max());
        if (best >= 2) first.Reverse();
        if (best % 2 == 1) second.Reverse();
        first.AddRange(second);
        return first;
    }
}
