namespace CnnVis.Engine.Corruptions.Digital;

/// <summary>Brought to a smaller size and back, by boxes, as PIL does: means of the pixels whose middles lie in a box, rounded after rows and after columns.</summary>
internal sealed class Pixelate : ICorruption
{
    public string Name => nameof(Pixelate);

    public string Family => "Digital";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        double share = level.Of(.6, .5, .4, .3, .25, .9, .8, .7, .6, .5, .95, .9, .85, .75, .65);
        int width = Math.Max(1, (int)(picture.Width * share)), height = Math.Max(1, (int)(picture.Height * share));
        for (int c = 0; c < 3; c++)
        {
            float[] small = Resize(picture.Planes[c], picture.Width, picture.Height, width, height);
            picture.Planes[c] = Resize(small, width, height, picture.Width, picture.Height);
        }
    }

    internal static float[] Resize(float[] plane, int width, int height, int toWidth, int toHeight)
    {
        (int First, int End)[] columns = Boxes(width, toWidth), rows = Boxes(height, toHeight);
        float[] half = new float[toWidth * height], result = new float[toWidth * toHeight];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < toWidth; x++)
            {
                float sum = 0;
                for (int s = columns[x].First; s < columns[x].End; s++) sum += plane[y * width + s];
                half[y * toWidth + x] = MathF.Floor(sum / (columns[x].End - columns[x].First) + 0.5f);
            }
        for (int y = 0; y < toHeight; y++)
        {
            Span<float> to = result.AsSpan(y * toWidth, toWidth);
            for (int s = rows[y].First; s < rows[y].End; s++) Planes.AddScaled(to, half.AsSpan(s * toWidth, toWidth), 1);
            for (int x = 0; x < toWidth; x++) to[x] = MathF.Floor(to[x] / (rows[y].End - rows[y].First) + 0.5f);
        }
        return result;
    }

    private static (int, int)[] Boxes(int from, int to)
    {
        double scale = (double)from / to, support = 0.5 * Math.Max(1, scale);
        return [.. Enumerable.Range(0, to).Select(i =>
        {
            double middle = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(middle - support + 0.5)), end = Math.Min(from, (int)(middle + support + 0.5));
            // Of the box a pixel belongs to it whose middle lies in (−½, ½].
            while (end - first > 1 && (first - middle + 0.5) / Math.Max(1, scale) <= -0.5) first++;
            while (end - first > 1 && (end - 1 - middle + 0.5) / Math.Max(1, scale) > 0.5) end--;
            return (first, Math.Max(end, first + 1));
        })];
    }
}
