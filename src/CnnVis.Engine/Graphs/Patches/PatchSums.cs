namespace CnnVis.Engine.Graphs.Patches;

/// <summary>What patches add to the sums of maps.</summary>
internal static unsafe class PatchSums
{
    /// <summary>Σ (patch − unchanged) by channel: [positions, C].</summary>
    /// <param name="source">The map.</param>
    /// <param name="rows">Place of the occluder's row, by position.</param>
    /// <param name="columns">Place of the occluder's column.</param>
    public static double[] Of(PatchSource source, int[] rows, int[] columns)
    {
        PatchValue patches = source.Patches!;
        PatchMap map = patches.Map;
        int channels = source.Channels;
        double[] sums = new double[rows.Length * channels];
        Threads.For(rows.Length, false, member =>
        {
            int top = map.Rows.Start[rows[member]], left = map.Columns.Start[columns[member]];
            int height = map.Rows.Length(rows[member]), width = map.Columns.Length(columns[member]);
            Span<double> sum = sums.AsSpan(member * channels, channels);
            float* patch = (float*)patches.Addresses[member];
            for (int y = 0; y < height; y++)
            {
                float* before = (float*)source.Base + ((long)(top + y) * source.Width + left) * channels;
                for (int x = 0; x < width; x++, patch += channels, before += channels)
                    for (int c = 0; c < channels; c++) sum[c] += (double)patch[c] - before[c];
            }
        });
        return sums;
    }

    /// <summary>Sums of a whole map, [H, W, C], by channel.</summary>
    public static double[] Whole(float* map, int places, int channels)
    {
        double[] sums = new double[channels];
        for (int i = 0; i < places; i++, map += channels)
            for (int c = 0; c < channels; c++) sums[c] += map[c];
        return sums;
    }
}
