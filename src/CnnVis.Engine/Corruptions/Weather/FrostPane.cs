namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>A drawn pane of ice that goes on in itself: needles are the ridges of noise of several scales, between clear and milky parts, in bluish white. Five of them, as the authors have five photos.</summary>
internal sealed class FrostPane
{
    /// <summary>Panes that there are.</summary>
    public const int Count = 5;

    /// <summary>Rows and columns of one: a power of two.</summary>
    public const int Side = 512;

    private const int Octaves = 5;
    private static readonly float[] _tint = [0.90f, 0.96f, 1.0f];
    private static readonly Lazy<FrostPane>[] _panes = [.. Enumerable.Range(0, 3 * Count).Select(i => new Lazy<FrostPane>(() => new FrostPane(i % Count, i / Count)))];

    private readonly float[] _ice = new float[Side * Side];

    private FrostPane(int number, int column)
    {
        var random = new CorruptionRandom((ulong)(number + 1));
        int cells = 8 << column; // the authors bring their photos to 0.3 and 0.2 of their size for smaller pictures
        float[] milk = Plasma.Of(Side, 2.2, random), ridges = new float[Side * Side];
        float weight = 1, total = 0;
        for (int octave = 0; octave < Octaves && cells << octave <= Side / 2; octave++, weight *= 0.6f)
        {
            float[] lattice = [.. Enumerable.Range(0, (cells << octave) * (cells << octave)).Select(_ => (float)random.Uniform(-1, 1))];
            Add(ridges, lattice, cells << octave, weight);
            total += weight;
        }
        for (int i = 0; i < _ice.Length; i++)
        {
            float needle = MathF.Pow(ridges[i] / total, 3);
            _ice[i] = 255 * Math.Clamp(0.25f + 0.35f * milk[i] + 0.9f * needle * (0.4f + 0.8f * milk[i]), 0, 1);
        }
    }

    /// <summary>A pane for pictures of about 224, 64 or 32 pixels.</summary>
    public static FrostPane Of(int number, int size) => _panes[(size == 224 ? 0 : size == 64 ? 1 : 2) * Count + number].Value;

    /// <summary>The ice's colour at a place, in [0, 255].</summary>
    public float Value(int channel, int x, int y) => _tint[channel] * _ice[(y & Side - 1) * Side + (x & Side - 1)];

    /// <summary>Ridges are where smooth noise passes zero: 1 − |noise|.</summary>
    private static void Add(float[] to, float[] lattice, int cells, float weight)
    {
        float step = cells / (float)Side;
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                float u = x * step, v = y * step;
                int left = (int)u, top = (int)v, right = (left + 1) % cells, bottom = (top + 1) % cells;
                float fx = Smooth(u - left), fy = Smooth(v - top);
                float above = float.Lerp(lattice[top * cells + left], lattice[top * cells + right], fx), below = float.Lerp(lattice[bottom * cells + left], lattice[bottom * cells + right], fx);
                to[y * Side + x] += weight * (1 - Math.Abs(float.Lerp(above, below, fy)));
            }
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);
}
