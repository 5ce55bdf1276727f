using CnnVis.Engine.Corruptions.Blur;
using CnnVis.Engine.Corruptions.Noise;
using CnnVis.Engine.Corruptions.Weather;

namespace CnnVis.Engine.Corruptions;

/// <summary>
/// The ten perturbations of ImageNet-P with the authors' parameters (ImageNet-P/create_p/make_imagenet_p.py). Lengths in pixels are theirs at 224 and in proportion elsewhere. They move the photo under the crop; here
/// the crop itself moves, and what comes in from outside is black.
/// </summary>
public static class Perturbations
{
    private const int Usual = 31;

    /// <summary>All ten, in the paper's order.</summary>
    public static IReadOnlyList<Perturbation> All { get; } = new Perturbation[]
    {
        new("GaussianNoise", true, Usual, (image, random) => Noisy(image, p =>
        {
            foreach (float[] plane in p.Planes)
                for (int i = 0; i < plane.Length; i++) plane[i] += (float)(0.03 * 255 * random.Normal());
        })),
        new("ShotNoise", true, Usual, (image, random) => Noisy(image, p => ShotNoise.Scatter(p, 300, random))),
        new("MotionBlur", false, Usual, (image, _) => Moved(image, i => p =>
        {
            double length = Length(image);
            for (int c = 0; c < 3; c++) MotionBlur.Round(p.Planes[c] = MotionBlur.Along(p.Planes[c], p.Width, p.Height, 10 * length, 3 * length, (i - 30) * 4));
        })),
        new("ZoomBlur", false, Usual, (image, _) => Zoomed(image)),
        new("Snow", false, Usual, Snowing),
        new("Brightness", false, Usual, (image, _) => Moved(image, i => p => Brightness.Add(p, (i - 15) * 0.02))),
        new("Translate", false, 41, (image, _) => Moved(image, i => p => Bend(p, (x, y) => (x - (i - 20) * Length(image), y)), 41)),
        new("Rotate", false, Usual, (image, _) => Moved(image, i => p => Turn(p, (i - 15) * Math.PI / 180, 1))),
        new("Tilt", false, Usual, (image, _) => Moved(image, i => p => Tilt(p, (i - 15) * Math.PI / 180))),
        new("Scale", false, Usual, (image, _) => Moved(image, i => p => Turn(p, 0, (40 + 2.5 * i) / 100))),
    };

    /// <summary>Names that are understood.</summary>
    public static IEnumerable<string> Names => All.Select(p => p.Name).Append(nameof(All));

    /// <summary>The perturbations of names; All is all of them.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none of a name.</exception>
    public static IReadOnlyList<Perturbation> Parse(IEnumerable<string> names) => [.. names.SelectMany(name =>
    {
        if (name.Equals(nameof(All), StringComparison.OrdinalIgnoreCase)) return All;
        string plain = name.Replace("_", "", StringComparison.Ordinal);
        return All.Where(p => p.Name.Equals(plain, StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } found ? found
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no perturbation '{name}'. There are {string.Join(", ", Names)}.", name);
    }).Distinct()];

    /// <summary>The frames of a picture.</summary>
    public static IEnumerable<PixelImage> Frames(PixelImage image, Perturbation perturbation, int seed) =>
        perturbation.Make(image, new CorruptionRandom(System.IO.Hashing.XxHash3.HashToUInt64(image.Pixels, seed) ^ (ulong)perturbation.Name.Length << 32));

    private static double Length(PixelImage image) => Math.Min(image.Width, image.Height) / 224.0;

    private static IEnumerable<PixelImage> Noisy(PixelImage image, Action<CorruptedPicture> change) =>
        Enumerable.Range(0, Usual).Select(i => i == 0 ? image : Changed(image, change));

    private static IEnumerable<PixelImage> Moved(PixelImage image, Func<int, Action<CorruptedPicture>> change, int frames = Usual) => Enumerable.Range(0, frames).Select(i => Changed(image, change(i)));

    private static PixelImage Changed(PixelImage image, Action<CorruptedPicture> change)
    {
        var picture = CorruptedPicture.Of(image);
        change(picture);
        return picture.ToImage();
    }

    private static IEnumerable<PixelImage> Zoomed(PixelImage image)
    {
        yield return image;
        CorruptedPicture sum = CorruptedPicture.Of(image);
        for (int i = 1; i < Usual; i++)
        {
            var larger = CorruptedPicture.Of(image);
            Turn(larger, 0, 1 + 0.004 * i);
            for (int c = 0; c < 3; c++) Planes.AddScaled(sum.Planes[c], larger.Planes[c], 1);
            var mean = CorruptedPicture.Of(image);
            for (int c = 0; c < 3; c++)
                for (int n = 0; n < mean.Planes[c].Length; n++) mean.Planes[c][n] = sum.Planes[c][n] / (i + 1);
            yield return mean.ToImage();
        }
    }

    private static IEnumerable<PixelImage> Snowing(PixelImage image, CorruptionRandom random)
    {
        int width = image.Width, height = image.Height;
        double length = Length(image);
        float[] flakes = new float[width * height];
        for (int i = 0; i < flakes.Length; i++) flakes[i] = (float)(0.05 + 0.3 * random.Normal());
        flakes = Planes.Zoom(flakes, width, height, Math.Max(1, 3 * length));
        for (int i = 0; i < flakes.Length; i++) flakes[i] = flakes[i] < 0.5f ? 0 : MathF.Floor(255 * Math.Clamp(flakes[i], 0, 1));
        for (int frame = 0; frame < Usual; frame++)
        {
            float[] falling = MotionBlur.Along(flakes, width, height, 14 * length, 4 * length, frame * 4 - 150);
            MotionBlur.Round(falling);
            yield return Changed(image, p => Snow.Cover(p, falling, 0.85f));
        }
    }

    /// <summary>About the middle, and larger by a factor.</summary>
    private static void Turn(CorruptedPicture picture, double angle, double factor)
    {
        double mx = (picture.Width - 1) / 2.0, my = (picture.Height - 1) / 2.0, cosine = Math.Cos(angle) / factor, sine = Math.Sin(angle) / factor;
        Bend(picture, (x, y) => (mx + cosine * (x - mx) + sine * (y - my), my - sine * (x - mx) + cosine * (y - my)));
    }

    /// <summary>Turned about both axes at a distance of its diagonal, and seen in perspective.</summary>
    private static void Tilt(CorruptedPicture picture, double angle)
    {
        double w = picture.Width, h = picture.Height, f = Math.Sqrt(w * w + h * h), cosine = Math.Cos(angle), sine = Math.Sin(angle);
        // A place of the picture, (u, v) from its middle at depth 1, turned about the vertical and then the level axis, moved back by f.
        // The authors' third row of P1 is 1, so that the plane lies at depth 1.
        MathNet.Numerics.LinearAlgebra.Matrix<double> M(double[,] values) => MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(values);
        var flat = M(new[,] { { 1, 0, -w / 2 }, { 0, 1, -h / 2 }, { 0, 0, 1 }, { 0, 0, 1 } });
        var level = M(new[,] { { 1, 0, 0, 0 }, { 0, cosine, -sine, 0 }, { 0, sine, cosine, 0 }, { 0, 0, 0, 1 } });
        var upright = M(new[,] { { cosine, 0, -sine, 0 }, { 0, 1, 0, 0 }, { sine, 0, cosine, 0 }, { 0, 0, 0, 1 } });
        var back = M(new[,] { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, f }, { 0, 0, 0, 1 } });
        var seen = M(new[,] { { f, 0, w / 2, 0 }, { 0, f, h / 2, 0 }, { 0, 0, 1, 0 } });
        var inverse = (seen * back * level * upright * flat).Inverse();
        Bend(picture, (x, y) =>
        {
            double depth = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2];
            return ((inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / depth, (inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / depth);
        });
    }

    /// <summary>Takes each pixel from another place, bilinearly; outside it is black.</summary>
    private static void Bend(CorruptedPicture picture, Func<double, double, (double X, double Y)> from)
    {
        int width = picture.Width, height = picture.Height;
        float[][] planes = [.. picture.Planes.Select(_ => new float[width * height])];
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                var (u, v) = from(x, y);
                int left = (int)Math.Floor(u), top = (int)Math.Floor(v);
                float fx = (float)(u - left), fy = (float)(v - top);
                for (int c = 0; c < 3; c++)
                    planes[c][i] = (1 - fy) * ((1 - fx) * At(c, left, top) + fx * At(c, left + 1, top)) + fy * ((1 - fx) * At(c, left, top + 1) + fx * At(c, left + 1, top + 1));
            }
        for (int c = 0; c < 3; c++) picture.Planes[c] = planes[c];

        float At(int c, int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? picture.Planes[c][y * width + x] : 0;
    }
}
