namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Parallel loops over fixed ranges. The ranges depend on the number of points alone, and partial sums are added in order, so that results do not
/// depend on the number of threads.
/// </summary>
internal static class Chunks
{
    /// <summary>Runs a body on every range of at most <paramref name="size"/>.</summary>
    public static void Run(int count, int size, Action<int, int> body)
    {
        int chunks = (count + size - 1) / size;
        if (chunks <= 1)
        {
            body(0, count);
            return;
        }
        Parallel.For(0, chunks, c => body(c * size, Math.Min(count, (c + 1) * size)));
    }

    /// <summary>Adds up what a body gives for every range, in their order.</summary>
    public static double Sum(int count, int size, Func<int, int, double> body)
    {
        int chunks = (count + size - 1) / size;
        if (chunks <= 1) return body(0, count);
        double[] parts = new double[chunks];
        Parallel.For(0, chunks, c => parts[c] = body(c * size, Math.Min(count, (c + 1) * size)));
        return parts.Sum();
    }
}
