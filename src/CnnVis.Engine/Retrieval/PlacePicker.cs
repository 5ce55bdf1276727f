using System.Numerics;

namespace CnnVis.Engine.Retrieval;

/// <summary>Picks the strongest places of one map: of those whose boxes overlap too much only the strongest.</summary>
/// <param name="perImage">Most places picked.</param>
/// <param name="overlap">Largest intersection over union of two boxes.</param>
/// <param name="box">What is seen at a position.</param>
internal sealed class PlacePicker(int perImage, double overlap, Func<int, PixelBox> box)
{
    private readonly List<(int Position, PixelBox Box)> _picked = [];

    /// <summary>The places above a threshold, strongest first, of equal ones the first; they hold until the next call.</summary>
    /// <param name="map">The values.</param>
    /// <param name="largest">Their maximum; NaN where one of them is.</param>
    /// <param name="threshold">What a place has to exceed.</param>
    public IReadOnlyList<(int Position, PixelBox Box)> Pick(ReadOnlySpan<float> map, float largest, float threshold)
    {
        _picked.Clear();
        if (perImage == 1)
        {
            int best = float.IsNaN(largest) ? Largest(map) : First(map, largest);
            if (best >= 0 && map[best] > threshold) _picked.Add((best, box(best)));
            return _picked;
        }
        foreach (int position in Above(map, threshold))
        {
            PixelBox here = box(position);
            if (!Overlaps(here)) _picked.Add((position, here));
            if (_picked.Count == perImage) break;
        }
        return _picked;
    }

    /// <summary>Common pixels of two boxes over those of either, in [0, 1]; 0 where both have none.</summary>
    public static double IntersectionOverUnion(PixelBox a, PixelBox b)
    {
        long width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        long common = Math.Max(0, width) * Math.Max(0, height), either = (long)a.Width * a.Height + (long)b.Width * b.Height - common;
        return either > 0 ? (double)common / either : 0;
    }

    private bool Overlaps(PixelBox here)
    {
        foreach (var (_, before) in _picked)
            if (IntersectionOverUnion(before, here) > overlap) return true;
        return false;
    }

    /// <summary>The first place of a value that is there; bits would not do, because 0 equals -0.</summary>
    private static int First(ReadOnlySpan<float> map, float value)
    {
        int i = 0;
        for (var wanted = new Vector<float>(value); i <= map.Length - Vector<float>.Count && !Vector.EqualsAny(new Vector<float>(map[i..]), wanted);) i += Vector<float>.Count;
        while (map[i] != value) i++;
        return i;
    }

    /// <summary>The first place of the largest number, whatever is no number; -1 where there is none above -∞.</summary>
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
