namespace CnnVis.Engine.Terminals;

/// <summary>The colours that stand for those of a picture: boxes of colour space, halved where most pixels lie (median cut; Heckbert, Color Image Quantization for Frame Buffer Display, 1982).</summary>
internal sealed class ColorPalette
{
    /// <summary>Bits of a colour that are told apart while boxes are made.</summary>
    private const int Bits = 5, Side = 1 << Bits;

    private readonly byte[] _index = new byte[Side * Side * Side];

    private ColorPalette(List<Rgb> colors) => Colors = colors;

    /// <summary>The colours.</summary>
    public IReadOnlyList<Rgb> Colors { get; }

    /// <summary>Which colour stands for another.</summary>
    public int this[Rgb color] => _index[Cell(color)];

    /// <param name="picture">Whose colours.</param>
    /// <param name="most">At most so many, up to 256.</param>
    public static ColorPalette Of(PixelImage picture, int most)
    {
        var counts = new (long Count, long R, long G, long B)[Side * Side * Side];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                Rgb color = picture[x, y];
                ref var cell = ref counts[Cell(color)];
                cell = (cell.Count + 1, cell.R + color.R, cell.G + color.G, cell.B + color.B);
            }
        }
        var boxes = new List<int[]> { Enumerable.Range(0, counts.Length).Where(i => counts[i].Count > 0).ToArray() };
        while (boxes.Count < most && boxes.Where(b => b.Length > 1).MaxBy(Weight) is { } largest)
        {
            boxes.Remove(largest);
            int axis = Enumerable.Range(0, 3).MaxBy(a => largest.Max(i => Part(i, a)) - largest.Min(i => Part(i, a)));
            int[] sorted = [.. largest.OrderBy(i => Part(i, axis)).ThenBy(i => i)];
            long half = sorted.Sum(i => counts[i].Count) / 2, sum = 0;
            int cut = 0;
            while (cut < sorted.Length - 1 && (sum += counts[sorted[cut]].Count) <= half) cut++;
            cut = Math.Max(1, cut);
            boxes.Add(sorted[..cut]);
            boxes.Add(sorted[cut..]);
        }
        var palette = new ColorPalette([.. boxes.Select(Mean)]);
        for (int b = 0; b < boxes.Count; b++)
            foreach (int i in boxes[b]) palette._index[i] = (byte)b;
        return palette;

        long Weight(int[] box) => box.Sum(i => counts[i].Count) * Enumerable.Range(0, 3).Max(a => box.Max(i => Part(i, a)) - box.Min(i => Part(i, a)));

        Rgb Mean(int[] box)
        {
            long count = box.Sum(i => counts[i].Count);
            return new Rgb((byte)(box.Sum(i => counts[i].R) / count), (byte)(box.Sum(i => counts[i].G) / count), (byte)(box.Sum(i => counts[i].B) / count));
        }
    }

    private static int Part(int cell, int axis) => cell >> (axis * Bits) & (Side - 1);

    private static int Cell(Rgb color) => color.R >> (8 - Bits) | color.G >> (8 - Bits) << Bits | color.B >> (8 - Bits) << (2 * Bits);
}
