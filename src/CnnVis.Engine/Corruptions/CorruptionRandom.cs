namespace CnnVis.Engine.Corruptions;

/// <summary>Random numbers of a seed, the same on every machine: xoshiro256** (Blackman and Vigna 2018), normal ones by the ziggurat (Marsaglia and Tsang 2000, as Doornik 2005 has it).</summary>
internal sealed class CorruptionRandom
{
    private const int Layers = 128;
    private const double Edge = 3.442619855899, Area = 9.91256303526217e-3;
    private static readonly double[] _edges = new double[Layers + 1], _ratios = new double[Layers];

    private ulong _a, _b, _c, _d;

    static CorruptionRandom()
    {
        double height = Math.Exp(-0.5 * Edge * Edge);
        (_edges[0], _edges[1], _edges[Layers]) = (Area / height, Edge, 0);
        for (int i = 2; i < Layers; i++)
        {
            _edges[i] = Math.Sqrt(-2 * Math.Log(Area / _edges[i - 1] + height));
            height = Math.Exp(-0.5 * _edges[i] * _edges[i]);
        }
        for (int i = 0; i < Layers; i++) _ratios[i] = _edges[i + 1] / _edges[i];
    }

    public CorruptionRandom(ulong seed)
    {
        (_a, _b, _c, _d) = (Split(), Split(), Split(), Split());

        ulong Split() // SplitMix64
        {
            ulong z = seed += 0x9e3779b97f4a7c15;
            z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
            z = (z ^ z >> 27) * 0x94d049bb133111eb;
            return z ^ z >> 31;
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9, t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>In [0, 1).</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>In [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A whole number from 0, below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)((Bits() >> 32) * (ulong)end >> 32);

    /// <summary>Normal, of mean 0 and deviation 1.</summary>
    public double Normal()
    {
        while (true)
        {
            ulong bits = Bits();
            double u = ((long)bits >> 11) * (1.0 / (1L << 52)); // in [−1, 1); the lowest 7 bits choose the layer
            int i = (int)(bits & (Layers - 1));
            if (Math.Abs(u) < _ratios[i]) return u * _edges[i];
            if (i == 0) return Tail(u < 0);
            double x = u * _edges[i], above = Math.Exp(-0.5 * (_edges[i] * _edges[i] - x * x)), below = Math.Exp(-0.5 * (_edges[i + 1] * _edges[i + 1] - x * x));
            if (below + Uniform() * (above - below) < 1) return x;
        }
    }

    private double Tail(bool isNegative)
    {
        double x, y;
        do
        {
            x = Math.Log(1 - Uniform()) / Edge;
            y = Math.Log(1 - Uniform());
        }
        while (-2 * y < x * x);
        return isNegative ? x - Edge : Edge - x;
    }
}
