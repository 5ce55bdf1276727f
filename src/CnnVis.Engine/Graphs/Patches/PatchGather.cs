namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Copies parts of maps, patches in place.</summary>
internal static unsafe class PatchGather
{
    /// <summary>Floats below which a second thread does not pay.</summary>
    private const long WorthThreads = 1 << 15;

    /// <summary>Writes the part of one member after the other: [n, h, w, pitch].</summary>
    /// <param name="source">The map.</param>
    /// <param name="members">Whose.</param>
    /// <param name="rows">Place of the occluder's row, by position in the run.</param>
    /// <param name="columns">Place of the occluder's column.</param>
    /// <param name="boxes">Which part, by index into <paramref name="members"/>.</param>
    /// <param name="outside">What lies around the map.</param>
    /// <param name="target">Where to; already moved to the first channel.</param>
    /// <param name="pitch">Floats from a place to the next.</param>
    public static void Copy(PatchSource source, int[] members, int[] rows, int[] columns, PatchBoxes boxes, float outside, float* target, int pitch)
    {
        long size = (long)boxes.Height * boxes.Width * pitch;
        void One(int i)
        {
            int member = members[i];
            var patch = source.Patches is { } patches
                ? (Address: patches.Addresses[member], Top: patches.Map.Rows.Start[rows[member]], Left: patches.Map.Columns.Start[columns[member]],
                    Height: patches.Map.Rows.Length(rows[member]), Width: patches.Map.Columns.Length(columns[member]))
                : default;
            float* to = target + i * size;
            int left = boxes.Left[i], right = left + boxes.Width;
            int inside = Math.Clamp(0, left, right), insideEnd = Math.Clamp(source.Width, left, right);
            for (int y = 0; y < boxes.Height; y++, to += (long)boxes.Width * pitch)
            {
                int row = boxes.Top[i] + y;
                if (row < 0 || row >= source.Height)
                {
                    Fill(to, boxes.Width, source.Channels, pitch, outside);
                    continue;
                }
                Fill(to, inside - left, source.Channels, pitch, outside);
                Fill(to + (long)(insideEnd - left) * pitch, right - insideEnd, source.Channels, pitch, outside);
                float* line = (float*)source.Base + (long)row * source.Width * source.Channels;
                int from = insideEnd, end = insideEnd;
                if (row >= patch.Top && row < patch.Top + patch.Height)
                {
                    from = Math.Clamp(patch.Left, inside, insideEnd);
                    end = Math.Clamp(patch.Left + patch.Width, from, insideEnd);
                    float* changed = (float*)patch.Address + ((long)(row - patch.Top) * patch.Width + from - patch.Left) * source.Channels;
                    Move(changed, to + (long)(from - left) * pitch, end - from, source.Channels, pitch);
                }
                Move(line + (long)inside * source.Channels, to + (long)(inside - left) * pitch, from - inside, source.Channels, pitch);
                Move(line + (long)end * source.Channels, to + (long)(end - left) * pitch, insideEnd - end, source.Channels, pitch);
            }
        }
        Threads.For(members.Length, size * members.Length < WorthThreads, One);
    }

    private static void Move(float* from, float* to, int places, int channels, int pitch)
    {
        if (places <= 0) return;
        if (channels == pitch)
        {
            new ReadOnlySpan<float>(from, places * channels).CopyTo(new Span<float>(to, places * channels));
            return;
        }
        for (int i = 0; i < places; i++, from += channels, to += pitch) new ReadOnlySpan<float>(from, channels).CopyTo(new Span<float>(to, channels));
    }

    private static void Fill(float* to, int places, int channels, int pitch, float value)
    {
        for (int i = 0; i < places; i++, to += pitch) new Span<float>(to, channels).Fill(value);
    }
}
