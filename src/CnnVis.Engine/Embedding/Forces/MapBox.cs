using System.Runtime.CompilerServices;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>The box round a map of one or two dimensions.</summary>
internal readonly record struct MapBox(float Left, float Top, float Width, float Height)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MapBox Of(float[] map, int dimension)
    {
        float left = float.MaxValue, right = float.MinValue, top = dimension == 2 ? float.MaxValue : 0, bottom = dimension == 2 ? float.MinValue : 0;
        for (int i = 0; i < map.Length; i += dimension)
        {
            left = Math.Min(left, map[i]);
            right = Math.Max(right, map[i]);
            if (dimension != 2) continue;
            top = Math.Min(top, map[i + 1]);
            bottom = Math.Max(bottom, map[i + 1]);
        }
        return new MapBox(left, top, right - left, bottom - top);
    }
}
