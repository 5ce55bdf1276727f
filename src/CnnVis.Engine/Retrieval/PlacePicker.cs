namespace CnnVis.Engine.Retrieval;

/// <summary>Picks the strongest places of one map: of those whose boxes overlap too much only the strongest.</summary>
/// <param name="perImage">Most places picked.</param>
/// <param name="overlap">Largest intersection over union of two boxes.</param>
internal sealed class PlacePicker(int perImage, double overlap)
{
    /// <summary>The places, strongest first, of equal ones the first; only those above the threshold at the time are looked for.</summary>
    /// <param name="map">The values.</param>
    /// <param name="threshold">The least value that still matters; it may rise between two places.</param>
    /// <param name="box">What is seen at a position.</param>
    public IEnumerable<(int Position, PixelBox Box)> Pick(ReadOnlyMemory<float> map, Func<float> threshold, Func<int, PixelBox> box)
    {
        if (perImage == 1)
        {
            int best = Largest(map.Span);
            if (best >= 0 && map.Span[best] > threshold()) yield return (best, box(best));
            yield break;
        }
        var picked = new List<PixelBox>();
        foreach (int position in Above(map.Span, threshold()))
        {
            if (!(map.Span[position] > threshold())) yield break;
            PixelBox here = box(position);
            if (picked.Exists(p => IntersectionOverUnion(p, here) > overlap)) continue;
            picked.Add(here);
            yield return (position, here);
            if (picked.Count == perImage) yield break;
        }
    }

    /// <summary>Common pixels of two boxes over those of either, in [0, 1]; 0 where both have none.</summary>
    public static double IntersectionOverUnion(PixelBox a, PixelBox b)
    {
        long width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        long common = Math.Max(0, width) * Math.Max(0, height), either = (long)a.Width * a.Height + (long)b.Width * b.Height - common;
        return either > 0 ? (double)common / either : 0;
    }

    private static int Largest(ReadOnlySpan<float> map)
    {
        int best = -1;
        float value = float.NegativeInfinity;
        for (int i = 0; i < map.Length; i++)
            if (map[i] > value) (best, value) = (i, map[i]);
        return best;
    }

    private static int[] Above(ReadOnlySpan<float> map, float threshold)
    {
        var found = new List<int>();
        for (int i = 0; i < map.Length; i++)
            if (map[i] > threshold) found.Add(i);
        int[] positions = [.. found];
        float[] keys = new float[positions.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = -map[positions[i]];
        Array.Sort(keys, positions, Comparer<float>.Default);
        for (int first = 0, i = 1; i <= keys.Length; i++) // the sort does not keep the order of equal ones
        {
            if (i < keys.Length && keys[i] == keys[first]) continue;
            Array.Sort(positions, first, i - first);
            first = i;
        }
        return positions;
    }
}
