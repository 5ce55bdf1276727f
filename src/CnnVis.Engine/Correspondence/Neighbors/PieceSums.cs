using CnnVis.Engine.Statistics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>A picture that is being put together: each piece the mean of those that come.</summary>
/// <param name="tiles">The pieces.</param>
/// <param name="input">The picture's shape.</param>
internal sealed class PieceSums(CenterTiles tiles, CnnInput input)
{
    private readonly double[] _sums = new double[input.Length];
    private readonly int[] _counts = new int[tiles.Grid.Count];

    /// <summary>Adds the piece at a unit of another picture to that of a unit.</summary>
    /// <param name="unit">Whose piece grows.</param>
    /// <param name="picture">The other picture, [channels, height, width].</param>
    /// <param name="other">The unit there.</param>
    public void Add(int unit, ReadOnlySpan<float> picture, int other)
    {
        PixelBox to = tiles[unit];
        int offX = tiles[other].X - to.X, offY = tiles[other].Y - to.Y;
        for (int c = 0; c < input.Channels; c++)
            for (int y = to.Y; y < to.Y + to.Height; y++)
                for (int x = to.X; x < to.X + to.Width; x++)
                    // A piece that is cut off at the edge goes on with its last pixels.
                    _sums[(c * input.Height + y) * input.Width + x] += picture[(c * input.Height + Math.Clamp(y + offY, 0, input.Height - 1)) * input.Width + Math.Clamp(x + offX, 0, input.Width - 1)];
        _counts[unit]++;
    }

    /// <summary>The picture, and how near it is to the original.</summary>
    public NeighborPicture ToPicture(float[] original)
    {
        float[] mean = new float[_sums.Length];
        for (int unit = 0; unit < _counts.Length; unit++)
        {
            PixelBox box = tiles[unit];
            for (int c = 0; c < input.Channels; c++)
                for (int y = box.Y; y < box.Y + box.Height; y++)
                    for (int x = box.X; x < box.X + box.Width; x++)
                    {
                        int at = (c * input.Height + y) * input.Width + x;
                        mean[at] = (float)(_sums[at] / Math.Max(1, _counts[unit]));
                    }
        }
        PixelBox[] pieces = [.. Enumerable.Range(0, _counts.Length).Select(u => tiles[u]).Where(b => b.Width > 0 && b.Height > 0)];
        return new NeighborPicture(Shown(mean, input, tiles.Covered), Psnr(mean, original, tiles.Covered), Ssim(mean, original, [tiles.Covered]), pieces.Average(b => Math.Min(100, Psnr(mean, original, b))), Ssim(mean, original, pieces));
    }

    /// <summary>A part of a picture in 8 bits.</summary>
    public static PixelImage Shown(float[] values, CnnInput input, PixelBox box)
    {
        byte[] pixels = new byte[box.Width * box.Height * 3];
        for (int y = 0, at = 0; y < box.Height; y++)
            for (int x = 0; x < box.Width; x++)
                for (int c = 0; c < 3; c++, at++)
                    pixels[at] = (byte)Math.Clamp(255 * values[((input.Channels < 3 ? 0 : c) * input.Height + box.Y + y) * input.Width + box.X + x] + 0.5f, 0, 255);
        return new PixelImage(box.Width, box.Height, pixels);
    }

    private double Psnr(float[] a, float[] b, PixelBox box)
    {
        double sum = 0;
        for (int c = 0; c < input.Channels; c++)
            for (int y = box.Y; y < box.Y + box.Height; y++)
                for (int x = box.X; x < box.X + box.Width; x++)
                {
                    int at = (c * input.Height + y) * input.Width + x;
                    sum += ((double)a[at] - b[at]) * ((double)a[at] - b[at]);
                }
        return -10 * Math.Log10(sum / ((double)input.Channels * box.Width * box.Height));
    }

    private double Ssim(float[] a, float[] b, PixelBox[] boxes)
    {
        using var scope = NewDisposeScope();
        Tensor first = tensor(a).reshape(input.Channels, input.Height, input.Width), second = tensor(b).reshape(input.Channels, input.Height, input.Width);
        // Pieces of one size are compared at once.
        return boxes.GroupBy(box => (box.Width, box.Height)).Sum(size => StructuralSimilarity.Of(cat([.. size.Select(box => Part(first, box))]), cat([.. size.Select(box => Part(second, box))])).Sum()) / (boxes.Length * input.Channels);

        static Tensor Part(Tensor picture, PixelBox box) => picture.narrow(1, box.Y, box.Height).narrow(2, box.X, box.Width);
    }
}
