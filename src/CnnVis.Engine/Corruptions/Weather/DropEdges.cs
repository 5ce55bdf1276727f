namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>The edges of drops and the distance to them, as OpenCV has them: Canny (1986) with thresholds 50 and 150, and chamfers of 1, 1.4 and 2.1969 (Borgefors 1986).</summary>
internal static class DropEdges
{
    private const int Weak = 50, Strong = 150;

    /// <summary>Where edges are.</summary>
    public static bool[] Find(byte[] values, int width, int height)
    {
        int[] across = new int[values.Length], down = new int[values.Length], size = new int[values.Length];
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                across[i] = V(x + 1, y - 1) + 2 * V(x + 1, y) + V(x + 1, y + 1) - V(x - 1, y - 1) - 2 * V(x - 1, y) - V(x - 1, y + 1);
                down[i] = V(x - 1, y + 1) + 2 * V(x, y + 1) + V(x + 1, y + 1) - V(x - 1, y - 1) - 2 * V(x, y - 1) - V(x + 1, y - 1);
                size[i] = Math.Abs(across[i]) + Math.Abs(down[i]);
            }
        bool[] edges = new bool[values.Length], candidates = new bool[values.Length];
        var sure = new Stack<int>();
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                if (size[i] <= Weak || !IsRidge(x, y, i)) continue;
                candidates[i] = true;
                if (size[i] <= Strong) continue;
                edges[i] = true;
                sure.Push(i);
            }
        while (sure.TryPop(out int at)) // weak edges count where they go on from strong ones
        {
            int x = at % width, y = at / width;
            for (int v = Math.Max(0, y - 1); v <= Math.Min(height - 1, y + 1); v++)
                for (int u = Math.Max(0, x - 1); u <= Math.Min(width - 1, x + 1); u++)
                {
                    int other = v * width + u;
                    if (!candidates[other] || edges[other]) continue;
                    edges[other] = true;
                    sure.Push(other);
                }
        }
        return edges;

        int V(int x, int y) => values[Math.Clamp(y, 0, height - 1) * width + Math.Clamp(x, 0, width - 1)];

        int S(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? size[y * width + x] : 0;

        bool IsRidge(int x, int y, int i)
        {
            int m = size[i];
            long steep = (long)Math.Abs(down[i]) << 15, level = Math.Abs(across[i]) * 13573L; // tan 22.5° in 15 bits
            if (steep < level) return m > S(x - 1, y) && m >= S(x + 1, y);
            if (steep > level + ((long)Math.Abs(across[i]) << 16)) return m > S(x, y - 1) && m >= S(x, y + 1);
            int side = (across[i] ^ down[i]) < 0 ? -1 : 1;
            return m > S(x - side, y - 1) && m > S(x + side, y + 1);
        }
    }

    /// <summary>How far each place is from the nearest edge.</summary>
    public static float[] Distance(bool[] edges, int width, int height)
    {
        (int X, int Y, float Length)[] before = [(-1, 0, 1), (0, -1, 1), (-1, -1, 1.4f), (1, -1, 1.4f), (-2, -1, 2.1969f), (2, -1, 2.1969f), (-1, -2, 2.1969f), (1, -2, 2.1969f)];
        float[] distance = [.. edges.Select(e => e ? 0f : 8192)];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) Relax(x, y, 1);
        for (int y = height - 1; y >= 0; y--)
            for (int x = width - 1; x >= 0; x--) Relax(x, y, -1);
        return distance;

        void Relax(int x, int y, int way)
        {
            float least = distance[y * width + x];
            foreach (var (dx, dy, length) in before)
            {
                int u = x + way * dx, v = y + way * dy;
                if ((uint)u < (uint)width && (uint)v < (uint)height) least = Math.Min(least, distance[v * width + u] + length);
            }
            distance[y * width + x] = least;
        }
    }

    /// <summary>Values spread so that each shade is as frequent as another.</summary>
    public static byte[] Equalized(byte[] values)
    {
        int[] histogram = new int[256];
        foreach (byte value in values) histogram[value]++;
        int first = Array.FindIndex(histogram, h => h > 0);
        if (histogram[first] == values.Length) return (byte[])values.Clone();
        float scale = 255f / (values.Length - histogram[first]);
        byte[] table = new byte[256];
        for (int i = first + 1, sum = 0; i < 256; i++) table[i] = (byte)Math.Clamp(MathF.Round((sum += histogram[i]) * scale), 0, 255);
        return [.. values.Select(v => table[v])];
    }
}
