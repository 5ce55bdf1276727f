namespace CnnVis.Engine.Attribution.Saliency.Localization;

/// <summary>Connected parts of a mask.</summary>
internal static class Regions
{
    /// <summary>Places of each part, neighbours being those beside, above and below; the largest first.</summary>
    /// <param name="mask">[height, width].</param>
    /// <param name="width">Columns.</param>
    public static IReadOnlyList<int[]> Of(bool[] mask, int width)
    {
        bool[] seen = new bool[mask.Length];
        var regions = new List<int[]>();
        for (int start = 0; start < mask.Length; start++)
        {
            if (!mask[start] || seen[start]) continue;
            var region = new List<int> { start };
            seen[start] = true;
            for (int i = 0; i < region.Count; i++)
            {
                int at = region[i], column = at % width;
                foreach (int next in (int[])[column > 0 ? at - 1 : -1, column < width - 1 ? at + 1 : -1, at - width, at + width])
                    if (next >= 0 && next < mask.Length && mask[next] && !seen[next])
                    {
                        seen[next] = true;
                        region.Add(next);
                    }
            }
            regions.Add([.. region]);
        }
        return [.. regions.OrderByDescending(r => r.Length)];
    }

    /// <summary>The smallest box that holds all places.</summary>
    public static PixelBox Box(IEnumerable<int> places, int width)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        foreach (int at in places)
        {
            (left, right) = (Math.Min(left, at % width), Math.Max(right, at % width));
            (top, bottom) = (Math.Min(top, at / width), Math.Max(bottom, at / width));
        }
        return new PixelBox(left, top, right - left + 1, bottom - top + 1);
    }
}
