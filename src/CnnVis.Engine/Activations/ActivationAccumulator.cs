using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Activations;

/// <summary>
/// Statistics of one layer's filters over a stream of batches, in memory that does not grow. Each batch is reduced where it was computed,
/// to a few numbers an image and channel; mean and deviation are then merged by Chan, Golub and LeVeque (1979), which does not cancel.
/// </summary>
public sealed class ActivationAccumulator
{
    private readonly bool _hasRelu;
    private readonly long[] _firing; // images with any activation
    private readonly double[] _off; // positions that are off
    private readonly double[] _maximum, _mean, _squares; // squares: Σ (value − mean)²
    private long _positions;

    /// <param name="channels">Filters of the layer.</param>
    /// <param name="hasRelu">Whether the values come before a ReLU: then off means ≤ 0, and mean and deviation are those behind it. Else off means exactly 0.</param>
    public ActivationAccumulator(int channels, bool hasRelu)
    {
        _hasRelu = hasRelu;
        (_firing, _off, _mean, _squares) = (new long[channels], new double[channels], new double[channels], new double[channels]);
        _maximum = new double[channels];
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
        if (channels != _mean.Length) throw new ArgumentException($"The layer has {_mean.Length} channels, not {channels}.", nameof(values));
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
                Merge(channel, positions, mean[at], variance[at] * (double)positions);
            }
            _positions += positions;
        }
        ImageCount += images;
    }

    /// <summary>The statistics so far, by channel.</summary>
    public IEnumerable<CnnActivationStatistic> ToStatistics(Origin origin, string layer)
    {
        for (int channel = 0; channel < _mean.Length; channel++)
        {
            double zeroShare = _off[channel] / _positions, firingShare = (double)_firing[channel] / ImageCount;
            yield return new CnnActivationStatistic(origin.Model.Name, layer, channel, ImageCount, zeroShare, firingShare, BinomialBound.Upper(_firing[channel], ImageCount),
                _maximum[channel], _mean[channel], Math.Sqrt(_squares[channel] / _positions), FilterVerdicts.Of(firingShare, zeroShare, _hasRelu))
            { Origin = origin };
        }
    }

    private void Merge(int channel, long count, double mean, double squares)
    {
        double total = _positions + count, delta = mean - _mean[channel];
        _mean[channel] += delta * count / total;
        _squares[channel] += squares + delta * delta * _positions * count / total;
    }
}
