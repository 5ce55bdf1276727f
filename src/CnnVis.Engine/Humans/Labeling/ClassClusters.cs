namespace CnnVis.Engine.Humans.Labeling;

/// <summary>Puts classes in an order in which similar ones are neighbours: average-linkage clustering of their mean codes by cosine distance (nearest-neighbour chains, O(n²)), its leaves from left to right.</summary>
internal static class ClassClusters
{
    /// <summary>The order: places of the vectors.</summary>
    /// <param name="vectors">One a class, of one length.</param>
    /// <param name="cancellation">Ends it between two merges.</param>
    public static int[] Order(IReadOnlyList<float[]> vectors, CancellationToken cancellation)
    {
        int n = vectors.Count;
        if (n <= 2) return [.. Enumerable.Range(0, n)];
        float[,] distances = Distances(vectors);
        List<int>?[] members = [.. Enumerable.Range(0, n).Select(i => new List<int> { i })];
        List<int> chain = [];
        for (int left = n; left > 1;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (chain.Count == 0) chain.Add(Array.FindIndex(members, m => m is not null));
            int top = chain[^1], nearest = Nearest(top, chain.Count > 1 ? chain[^2] : -1);
            if (chain.Count < 2 || nearest != chain[^2])
            {
                chain.Add(nearest);
                continue;
            }
            chain.RemoveRange(chain.Count - 2, 2);
            Merge(Math.Min(top, nearest), Math.Max(top, nearest));
            left--;
        }
        return [.. members.Single(m => m is not null)!];

        int Nearest(int from, int before)
        {
            int best = before; // a tie goes to the cluster before, so that chains end
            for (int i = 0; i < n; i++)
                if (i != from && members[i] is not null && (best < 0 || distances[from, i] < distances[from, best])) best = i;
            return best;
        }

        void Merge(int a, int b)
        {
            float weightA = members[a]!.Count, weightB = members[b]!.Count;
            Join(members[a]!, members[b]!, vectors);
            members[b] = null;
            for (int i = 0; i < n; i++)
                if (i != a && members[i] is not null) distances[a, i] = distances[i, a] = (weightA * distances[a, i] + weightB * distances[b, i]) / (weightA + weightB);
        }
    }

    /// <summary>Puts the second behind the first, each turned so that the ends that meet are alike.</summary>
    private static void Join(List<int> first, List<int> second, IReadOnlyList<float[]> vectors)
    {
        float Between(int a, int b) => Distance(vectors[a], vectors[b]);
        float end = Between(first[^1], second[0]), ends = Between(first[^1], second[^1]), starts = Between(first[0], second[0]), outer = Between(first[0], second[^1]);
        float least = Math.Min(Math.Min(end, ends), Math.Min(starts, outer));
        if (least != end && (least == starts || least == outer)) first.Reverse();
        if (least != end && (least == ends || least == outer)) second.Reverse();
        first.AddRange(second);
    }

    private static float[,] Distances(IReadOnlyList<float[]> vectors)
    {
        float[,] distances = new float[vectors.Count, vectors.Count];
        for (int i = 0; i < vectors.Count; i++)
            for (int j = 0; j < i; j++) distances[i, j] = distances[j, i] = Distance(vectors[i], vectors[j]);
        return distances;
    }

    private static float Distance(float[] a, float[] b)
    {
        double product = 0, squaresA = 0, squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squaresA += (double)a[i] * a[i];
            squaresB += (double)b[i] * b[i];
        }
        return squaresA == 0 || squaresB == 0 ? 1 : (float)(1 - product / Math.Sqrt(squaresA * squaresB));
    }
}
