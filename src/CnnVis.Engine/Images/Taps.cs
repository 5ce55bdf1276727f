namespace CnnVis.Engine.Images;

/// <summary>
/// For each position along one axis of a resized picture, the source positions that it takes and their weights: a triangle as wide as two source
/// pixels, or as two resized ones where the picture shrinks, so that nothing aliases; or another curve. The same as PIL's <c>Image.resize</c>, with which
/// networks are trained, of each <see cref="Interpolation"/>.
/// </summary>
internal sealed class Taps
{
    private readonly float[] _weights;
    private readonly int _most;

    private Taps(int count, int most)
    {
        _most = most;
        _weights = new float[count * most];
        (Starts, Lengths) = (new int[count], new int[count]);
    }

    /// <summary>Positions.</summary>
    public int Count => Starts.Length;

    /// <summary>The first source position of each.</summary>
    public int[] Starts { get; }

    /// <summary>How many source positions each takes.</summary>
    public int[] Lengths { get; }

    /// <summary>The weights of a position; their sum is 1.</summary>
    public ReadOnlySpan<float> Weights(int position) => _weights.AsSpan(position * _most, Lengths[position]);

    /// <summary>Source positions that are used at all.</summary>
    public (int First, int End) Range()
    {
        int last = Count - 1; // positions run monotonically, one way or the other
        return (Math.Min(Starts[0], Starts[last]), Math.Max(Starts[0] + Lengths[0], Starts[last] + Lengths[last]));
    }

    /// <param name="interpolation">The curve.</param>
    /// <param name="source">Source pixels along the axis.</param>
    /// <param name="resized">Pixels to which they are resized.</param>
    /// <param name="first">The first resized position that is wanted.</param>
    /// <param name="count">How many are.</param>
    /// <param name="flipped">The source runs the other way.</param>
    public static Taps Of(Interpolation interpolation, int source, int resized, int first, int count, bool flipped)
    {
        double scale = (double)source / resized, widened = Math.Max(scale, 1), support = widened * Support(interpolation);
        var taps = new Taps(count, 2 * (int)Math.Ceiling(support) + 1);
        for (int i = 0; i < count; i++)
        {
            double center = (first + i + 0.5) * scale;
            int start = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(source, (int)(center + support + 0.5));
            if (interpolation == Interpolation.Nearest) (start, end) = (Math.Min((int)center, source - 1), Math.Min((int)center, source - 1) + 1);
            Span<float> weights = taps._weights.AsSpan(i * taps._most, end - start);
            double sum = 0;
            for (int s = start; s < end; s++) sum += Weight(s);
            for (int s = start; s < end; s++) weights[s - start] = (float)(Weight(s) / sum);
            if (flipped) weights.Reverse();
            taps.Starts[i] = flipped ? source - end : start;
            taps.Lengths[i] = end - start;

            double Weight(int s) => Curve(interpolation, (s + 0.5 - center) / widened);
        }
        return taps;
    }

    /// <summary>How far from its middle a curve ends, in pixels.</summary>
    private static double Support(Interpolation interpolation) => interpolation switch { Interpolation.Bicubic => 2, Interpolation.Lanczos => 3, Interpolation.Box or Interpolation.Nearest => 0.5, _ => 1 };

    private static double Curve(Interpolation interpolation, double x)
    {
        double away = Math.Abs(x);
        return interpolation switch
        {
            Interpolation.Nearest => 1,
            Interpolation.Box => x is > -0.5 and <= 0.5 ? 1 : 0, // of two at the same distance, one
            Interpolation.Hamming => away < 1 ? Sinc(away) * (0.54 + 0.46 * Math.Cos(Math.PI * away)) : 0,
            Interpolation.Bicubic => Cubic(away),
            Interpolation.Lanczos => away < 3 ? Sinc(away) * Sinc(away / 3) : 0,
            _ => Math.Max(0, 1 - away),
        };
    }

    /// <summary>Keys 1981, equation 4, with a = −½.</summary>
    private static double Cubic(double x) => x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
