namespace CnnVis.Engine.Corruptions.Noise;

/// <summary>Draws from a Poisson distribution by its sums of chances, and a table of where to begin to look.</summary>
internal sealed class PoissonTable
{
    private const int Guides = 128;
    private readonly double[] _sums;
    private readonly ushort[] _starts = new ushort[Guides];
    private readonly int _first;

    /// <param name="mean">From 0 to some thousands.</param>
    public PoissonTable(double mean)
    {
        double reach = 10 * Math.Sqrt(mean) + 30;
        _first = Math.Max(0, (int)(mean - reach));
        List<double> sums = [];
        double logarithm = -mean + (_first > 0 ? _first * Math.Log(mean) - LogFactorial(_first) : 0), chance = mean == 0 ? 1 : Math.Exp(logarithm), sum = 0;
        for (int k = _first; k <= mean + reach; k++)
        {
            sums.Add(sum += chance);
            chance *= mean / (k + 1);
        }
        _sums = [.. sums];
        _sums[^1] = double.PositiveInfinity;
        for (int g = 0, k = 0; g < Guides; g++)
        {
            while (_sums[k] <= (double)g / Guides) k++;
            _starts[g] = (ushort)k;
        }
    }

    /// <summary>A number.</summary>
    public int Draw(CorruptionRandom random)
    {
        double u = random.Uniform();
        int k = _starts[(int)(u * Guides)];
        while (_sums[k] <= u) k++;
        return _first + k;
    }

    private static double LogFactorial(int n)
    {
        double sum = 0;
        for (int i = 2; i <= n; i++) sum += Math.Log(i);
        return sum;
    }
}
