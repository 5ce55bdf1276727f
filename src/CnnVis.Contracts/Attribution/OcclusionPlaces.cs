namespace CnnVis;

/// <summary>Spreads what belongs to an occluder's positions over the picture: a pixel takes the position whose middle is nearest to it.</summary>
internal static class OcclusionPlaces
{
    /// <summary>For each pixel of the network's input, the number of its position: [input height, input width].</summary>
    public static int[] Of(OcclusionMap map)
    {
        double[] rows = [.. Enumerable.Range(0, map.Rows).Select(r => map.Windows[r * map.Columns]).Select(w => w.Y + w.Height / 2.0)];
        double[] columns = [.. Enumerable.Range(0, map.Columns).Select(c => map.Windows[c]).Select(w => w.X + w.Width / 2.0)];
        int[] row = Nearest(rows, map.InputHeight), column = Nearest(columns, map.InputWidth);
        int[] places = new int[map.InputHeight * map.InputWidth];
        for (int i = 0; i < places.Length; i++) places[i] = row[i / map.InputWidth] * map.Columns + column[i % map.InputWidth];
        return places;
    }

    private static int[] Nearest(double[] middles, int extent)
    {
        int[] nearest = new int[extent];
        for (int i = 0, at = 0; i < extent; i++)
        {
            while (at + 1 < middles.Length && Math.Abs(middles[at + 1] - (i + 0.5)) < Math.Abs(middles[at] - (i + 0.5))) at++;
            nearest[i] = at;
        }
        return nearest;
    }
}
