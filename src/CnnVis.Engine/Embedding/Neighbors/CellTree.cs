using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Points divided into cells of equal size: halved across the line through the means of two clusters (2-means on a sample), again and again, so that the cuts lie where points are few. An order of the points in which cells are ranges.
/// </summary>
internal static class CellTree
{
    private const int Sample = 256, Steps = 4, ParallelSize = 4096;

    /// <param name="points">What is divided.</param>
    /// <param name="size">Points of a cell; the last one may have fewer.</param>
    /// <param name="seed">Of the samples.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>Each point's index once, cell by cell.</returns>
    public static int[] Order(PointMatrix points, int size, ulong seed, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, points.Count)];
        Split(points, order.AsMemory(), size, seed, cancellation);
        return order;
    }

    private static void Split(PointMatrix points, Memory<int> members, int size, ulong seed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int cells = (members.Length + size - 1) / size;
        if (cells <= 1) return;
        float[] direction = Direction(points, members.Span, seed), along = new float[members.Length];
        for (int i = 0; i < along.Length; i++) along[i] = Product(points.Row(members.Span[i]), direction);
        along.AsSpan().Sort(members.Span);
        Memory<int> left = members[..(cells / 2 * size)], right = members[(cells / 2 * size)..];
        if (members.Length > ParallelSize) Parallel.Invoke(() => Split(points, left, size, Mix(seed + 2), cancellation), () => Split(points, right, size, Mix(seed + 3), cancellation));
        else
        {
            Split(points, left, size, Mix(seed + 2), cancellation);
            Split(points, right, size, Mix(seed + 3), cancellation);
        }
    }

    /// <summary>The difference of the means of two clusters of a sample.</summary>
    private static float[] Direction(PointMatrix points, ReadOnlySpan<int> members, ulong seed)
    {
        int d = points.Dimension, count = Math.Min(Sample, members.Length);
        int[] sample = new int[count];
        // One of each stretch, so that all of the sample differ.
        for (int i = 0; i < count; i++)
        {
            long from = (long)i * members.Length / count, to = (long)(i + 1) * members.Length / count;
            sample[i] = members[(int)(from + (long)(Mix(seed + 7 + (ulong)i) % (ulong)(to - from)))];
        }
        double[] low = new double[d], high = new double[d];
        float[] direction = new float[d];
        int first = sample[(int)(Mix(seed) % (ulong)count)], second = sample[(int)(Mix(seed + 1) % (ulong)count)];
        for (int c = 0; c < d; c++) direction[c] = points.Row(second)[c] - points.Row(first)[c];
        double middle = 0.5 * (Product(points.Row(first), direction) + Product(points.Row(second), direction));
        for (int step = 0; step < Steps; step++)
        {
            Array.Clear(low);
            Array.Clear(high);
            int above = 0;
            foreach (int member in sample)
            {
                ReadOnlySpan<float> row = points.Row(member);
                bool up = Product(row, direction) > middle;
                if (up) above++;
                double[] sum = up ? high : low;
                for (int c = 0; c < d; c++) sum[c] += row[c];
            }
            if (above == 0 || above == count) break; // of equal points any direction will do
            middle = 0;
            for (int c = 0; c < d; c++)
            {
                double a = low[c] / (count - above), b = high[c] / above;
                direction[c] = (float)(b - a);
                middle += 0.5 * (a + b) * direction[c];
            }
        }
        return direction;
    }

    private static float Product(ReadOnlySpan<float> row, ReadOnlySpan<float> direction)
    {
        int wide = Vector256<float>.Count, c = 0;
        var sums = Vector256<float>.Zero;
        for (; c <= row.Length - wide; c += wide) sums += Vector256.Create(row[c..]) * Vector256.Create(direction[c..]);
        float sum = Vector256.Sum(sums);
        for (; c < row.Length; c++) sum += row[c] * direction[c];
        return sum;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
