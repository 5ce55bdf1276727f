namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>How Resize makes each position of an axis of the original ones.</summary>
internal static class ResizeWeights
{
    /// <summary>The one original position that each resized one takes (mode nearest).</summary>
    public static long[] Nearest(CoordinateMap map, ResizeOptions options)
    {
        long[] sources = new long[map.To];
        for (int i = 0; i < sources.Length; i++)
        {
            float place = map[i];
            double taken = options.NearestMode switch
            {
                "floor" => Math.Floor(place),
                "ceil" => Math.Ceiling(place),
                "round_prefer_ceil" => Math.Floor(place + 0.5),
                _ => Math.Ceiling(place - 0.5),
            };
            sources[i] = (long)Math.Clamp(taken, 0, map.From - 1);
        }
        return sources;
    }

    /// <summary>The weight of each original position in each resized one, [resized, original] (modes linear and cubic).</summary>
    public static float[,] Linear(CoordinateMap map, ResizeOptions options)
    {
        float[,] weights = new float[map.To, map.From];
        double wide = options.Antialias && map.Scale < 1 ? 1 / map.Scale : 1, radius = (options.Mode == "linear" ? 1 : 2) * wide;
        for (int i = 0; i < map.To; i++)
        {
            double place = map[i];
            // Linear weights never reach beyond the border: the place itself is moved inside.
            if (options.Mode == "linear" && wide == 1) place = Math.Clamp(place, 0, map.From - 1);
            double sum = 0;
            for (long j = (long)Math.Ceiling(place - radius); j <= place + radius; j++)
            {
                double weight = Kernel((j - place) / wide, options);
                if (options.ExcludeOutside && (j < 0 || j >= map.From)) continue;
                weights[i, Math.Clamp(j, 0, map.From - 1)] += (float)weight;
                sum += weight;
            }
            if (sum != 0 && (options.ExcludeOutside || wide != 1))
                for (int j = 0; j < map.From; j++) weights[i, j] = (float)(weights[i, j] / sum);
        }
        return weights;
    }

    /// <summary>The triangle, or Keys' cubic convolution (1981).</summary>
    private static double Kernel(double distance, ResizeOptions options)
    {
        double x = Math.Abs(distance), a = options.CubicA;
        if (options.Mode == "linear") return Math.Max(0, 1 - x);
        return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
            : 0;
    }
}
