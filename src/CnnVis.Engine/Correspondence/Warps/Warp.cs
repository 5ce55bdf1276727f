namespace CnnVis.Engine.Correspondence.Warps;

/// <summary>Makes movements of pictures of a certain size, and moves pictures by them.</summary>
public static class Warp
{
    /// <summary>The movement that is meant.</summary>
    /// <param name="warp">Which.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="random">Where a thin plate's displacements come from.</param>
    public static IWarp Of(CnnWarp warp, int width, int height, Random random)
    {
        IReadOnlyList<double> n = warp.Numbers;
        switch (warp.Kind)
        {
            case CnnWarpKind.Translate: return new AffineWarp(width, height, 1, 0, 0, 1, n[0], n[1]);
            case CnnWarpKind.Rotate:
                var (sin, cos) = n[0] % 90 == 0 ? (Math.Round(Math.Sin(n[0] * Math.PI / 180)), Math.Round(Math.Cos(n[0] * Math.PI / 180))) : Math.SinCos(n[0] * Math.PI / 180);
                return new AffineWarp(width, height, cos, -sin, sin, cos);
            case CnnWarpKind.Scale: return new AffineWarp(width, height, n[0], 0, 0, n[0]);
            case CnnWarpKind.Flip: return new AffineWarp(width, height, -1, 0, 0, 1);
            case CnnWarpKind.Affine: return new AffineWarp(width, height, n[0], n[1], n[2], n[3]);
            default: return ThinPlateWarp.Random(width, height, n[0], random);
        }
    }

    /// <summary>A picture moved: bilinear, and mirrored at its edges where content comes from outside.</summary>
    /// <param name="picture">[channels, height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="warp">The movement.</param>
    /// <param name="moved">Takes the picture, of the same shape.</param>
    public static void Apply(ReadOnlySpan<float> picture, int width, int height, IWarp warp, Span<float> moved)
    {
        int plane = width * height, channels = picture.Length / plane;
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++, at++)
            {
                var (fromX, fromY) = warp.Inverse(x + 0.5, y + 0.5);
                var (left, right, partX) = Between(fromX, width);
                var (top, bottom, partY) = Between(fromY, height);
                for (int c = 0; c < channels; c++)
                {
                    ReadOnlySpan<float> from = picture.Slice(c * plane, plane);
                    moved[c * plane + at] = float.Lerp(float.Lerp(from[top * width + left], from[top * width + right], partX), float.Lerp(from[bottom * width + left], from[bottom * width + right], partX), partY);
                }
            }
    }

    /// <summary>The pixels on both sides of a place, and how far it is towards the second.</summary>
    internal static (int At, int Next, float Part) Between(double place, int length)
    {
        double index = place - 0.5, nearest = Math.Round(index);
        if (Math.Abs(index - nearest) < 1e-9) index = nearest; // what is whole but for rounding stays as it is
        double whole = Math.Floor(index);
        return (Mirrored((long)whole, length), Mirrored((long)whole + 1, length), (float)(index - whole));
    }

    private static int Mirrored(long index, int length)
    {
        long place = ((index % (2L * length)) + 2L * length) % (2L * length);
        return (int)(place < length ? place : 2L * length - 1 - place);
    }
}
