using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Activations;

/// <summary>
/// Statistics of one layer's filters over a stream of batches, in memory that does not grow. Each batch is reduced where it was computed, to a few numbers an image and channel, which are then added up exactly
/// (<see cref="ExactSum"/>): whoever adds them in whatever order gets the same bits.
/// </summary>
public sealed class ActivationAccumulator
{
    private readonly bool _hasRelu;
    private readonly long[] _firing; // images with any activation
    private readonly double[] _off; // positions that are off
    private readonly double[] _maximum;
    private readonly ExactSum[] _sum, _squares;
    private long _positions;

    /// <param name="channels">Filters of the layer.</param>
    /// <param name="hasRelu">Whether the values come before a ReLU: then off means ≤ 0, and mean and deviation are those behind it. Else off means exactly 0.</param>
    public ActivationAccumulator(int channels, bool hasRelu)
    {
        _hasRelu = hasRelu;
        (_firing, _off, _maximum) = (new long[channels], new double[channels], new double[channels]);
        (_sum, _squares) = ([.. _off.Select(_ => new ExactSum())], [.. _off.Select(_ => new ExactSum())]);
        Array.Fill(_maximum, double.NegativeInfinity);
    }

    /// <summary>Images seen.</summary>
    public long ImageCount { get; private set; }

    /// <summary>Adds a batch.</summary>
    /// <param name="values">[N, C, …], before the ReLU where there is one.</param>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        Tensor flat = values.dim() > 2 ? values.flatten(2) : values.reshape(values.shape[0], -1, 1); // [N, C, positions]
        int images = (int)flat.shape[0], channels = (int)flat.shape[1];
        long positions = flat.shape[2];
        if (channels != _sum.Length) throw new ArgumentException($"The layer has {_sum.Length} channels, not {channels}.", nameof(values));
        float[] off = (_hasRelu ? flat <= 0 : flat == 0).to_type(ScalarType.Float32).mean([2]).ToFloats(); // [N, C], exact below 2²⁴ positions
        float[] maximum = flat.amax([2]).ToFloats();
        Tensor seen = _hasRelu ? flat.relu() : flat;
        float[] mean = seen.mean([2]).ToFloats();
        float[] variance = seen.var(2, unbiased: false).ToFloats();
        for (int i = 0; i < images; i++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int at = i * channels + channel;
                double silent = Math.Round(off[at] * (double)positions);
                _off[channel] += silent;
                if (silent < positions) _firing[channel]++;
                _maximum[channel] = Math.Max(_maximum[channel], maximum[at]);
                _sum[channel].Add(positions * (double)mean[at]); // exact, as are the squares
                _squares[channel].Add(positions * (double)variance[at]);
                _squares[channel].AddProduct(positions, (double)mean[at] * mean[at]);
            }
            _positions += positions;
        }
        ImageCount += images;
    }

    /// <summary>The statistics so far, by channel.</summary>
    public IEnumerable<CnnActivationStatistic> ToStatistics(Origin? origin, string model, string layer)
    {
        for (int channel = 0; channel < _sum.Length; channel++)
        {
            double zeroShare = _off[channel] / _positions, firingShare = (double)_firing[channel] / ImageCount;
            yield return new CnnActivationStatistic(model, layer, channel, ImageCount, zeroShare, firingShare, BinomialBound.Upper(_firing[channel], ImageCount),
                _maximum[channel], _sum[channel].Nearest() / _positions, Deviation(channel), FilterVerdicts.Of(firingShare, zeroShare, _hasRelu))
            { Origin = origin };
        }
    }

    /// <summary>What was added up, as data.</summary>
    public ActivationSums ToSums(string layer) => new(layer, _hasRelu, ImageCount, _positions, [.. _firing], [.. _off], [.. _maximum], [.. _sum.Select(s => s.ToArray())], [.. _squares.Select(s => s.ToArray())]);

    /// <summary>Adds what another had added up.</summary>
    /// <exception cref="ArgumentException">It is of another layer.</exception>
    public void Add(ActivationSums other)
    {
        int channels = _sum.Length;
        if (other.HasRelu != _hasRelu || other.Images < 0 || other.Positions < other.Images || new[] { other.Firing.Length, other.Off.Length, other.Maximum.Length, other.Sum.Length, other.Squares.Length }.Any(l => l != channels))
            throw new ArgumentException($"The sums of {other.Layer} are of another layer.", nameof(other));
        for (int channel = 0; channel < channels; channel++)
        {
            _firing[channel] += other.Firing[channel];
            _off[channel] += other.Off[channel];
            _maximum[channel] = Math.Max(_maximum[channel], other.Maximum[channel]);
            foreach (double part in other.Sum[channel]) _sum[channel].Add(part);
            foreach (double part in other.Squares[channel]) _squares[channel].Add(part);
        }
        _positions += other.Positions;
        ImageCount += other.Images;
    }

    /// <summary>√(Σx² / n − (Σx / n)²), the difference in twice the digits, because it may be much smaller than what it is of.</summary>
    private double Deviation(int channel)
    {
        double[] sum = [.. _sum[channel].ToArray(), 0, 0], squares = [.. _squares[channel].ToArray(), 0, 0];
        double n = _positions, square = sum[0] * sum[0], rest = Math.FusedMultiplyAdd(sum[0], sum[0], -square) + 2 * sum[0] * sum[1];
        double quotient = square / n, left = (Math.FusedMultiplyAdd(-quotient, n, square) + rest) / n;
        return Math.Sqrt(Math.Max(squares[0] - quotient + (squares[1] - left), 0) / n);
    }
}
