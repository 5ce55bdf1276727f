using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Filters;

/// <summary>Measures all filters of one layer, in blocks, so that the layer's size does not matter.</summary>
public sealed class FilterAnalysis
{
    private const long BlockBytes = 64 << 20;

    /// <summary>Multiplications between two looks at the token: a tenth of a second.</summary>
    private const long BlockProducts = 1L << 33;

    private readonly Tensor _weights;
    private readonly float[] _norm, _smoothness, _highFrequency;
    private readonly int[] _nearest;
    private readonly float[] _similarity;

    /// <param name="weights">[filters, planes, height, width], float32; kept until <see cref="ToBank"/>.</param>
    /// <param name="cancellation">Looked at between blocks.</param>
    public FilterAnalysis(Tensor weights, CancellationToken cancellation)
    {
        _weights = weights.cpu();
        int filters = (int)weights.shape[0];
        (_norm, _smoothness, _highFrequency) = (new float[filters], new float[filters], new float[filters]);
        (_nearest, _similarity) = (new int[filters], new float[filters]);
        int block = (int)Math.Clamp(BlockBytes / (sizeof(float) * (weights.NumberOfElements / filters)), 1, filters);
        for (int from = 0; from < filters; from += block)
        {
            cancellation.ThrowIfCancellationRequested();
            Measure(from, Math.Min(block, filters - from));
        }
        CompareAll(cancellation);
    }

    /// <summary>The layer's filters, and the verdict on all of them together, whichever are asked for.</summary>
    public CnnFilterBank ToBank(Origin origin, string layer, IReadOnlyList<int> channels, bool isRgb)
    {
        int planes = (int)_weights.shape[1], height = (int)_weights.shape[2], width = (int)_weights.shape[3];
        double level = NoiseScale.Level(LayerSmoothness());
        return new CnnFilterBank
        {
            Origin = origin,
            Model = origin.Model.Name,
            Layer = layer,
            NoiseLevel = level,
            Noise = NoiseScale.Read(level),
            Filters = channels.Select(c => new CnnFilter
            {
                Origin = origin,
                Model = origin.Model.Name,
                Layer = layer,
                Channel = c,
                Planes = planes,
                Height = height,
                Width = width,
                IsRgb = isRgb,
                Weights = _weights[c].ToFloats(),
                Norm = _norm[c],
                Smoothness = _smoothness[c],
                HighFrequencyShare = _highFrequency[c],
                NearestChannel = _nearest[c],
                NearestSimilarity = _similarity[c],
            }).ToArray(),
        };
    }

    /// <summary>Mean of the filters' smoothness, each weighing as much as its energy: filters near zero decide nothing.</summary>
    private double LayerSmoothness()
    {
        double sum = 0, energy = 0;
        for (int i = 0; i < _norm.Length; i++)
        {
            if (float.IsNaN(_smoothness[i])) continue;
            double weight = (double)_norm[i] * _norm[i];
            sum += weight * _smoothness[i];
            energy += weight;
        }
        return sum / energy;
    }

    private void Measure(int from, int count)
    {
        using var scope = NewDisposeScope();
        Tensor block = _weights.narrow(0, from, count); // [n, planes, h, w]
        long height = block.shape[2], width = block.shape[3];
        Tensor energy = block.square().mean([1, 2, 3]); // [n]
        (energy * (block.NumberOfElements / count)).sqrt().ToFloats().CopyTo(_norm, from);

        // Where there are no neighbours in a direction, that direction says nothing.
        Tensor variation = zeros_like(energy);
        if (width > 1) variation = variation + block.diff(dim: 3).square().mean([1, 2, 3]);
        if (height > 1) variation = variation + block.diff(dim: 2).square().mean([1, 2, 3]);
        // 0 / 0 is NaN for a filter of zeros, as promised; a window of one value has no neighbours at all.
        (height * width > 1 ? variation / energy : full_like(energy, float.NaN)).ToFloats().CopyTo(_smoothness, from);

        if (height < 3 || width < 3)
        {
            Array.Fill(_highFrequency, float.NaN, from, count);
            return;
        }
        Tensor spectrum = fft.fft2(block).abs().square().sum([1]); // [n, h, w]
        Tensor high = (spectrum * HighFrequencies(height, width)).sum([1, 2]);
        (high / spectrum.sum([1, 2])).ToFloats().CopyTo(_highFrequency, from);
    }

    /// <summary>1 where a frequency lies above a quarter cycle per weight, 0 elsewhere: [h, w].</summary>
    private static Tensor HighFrequencies(long height, long width)
    {
        Tensor y = fft.fftfreq(height).square().unsqueeze(1), x = fft.fftfreq(width).square().unsqueeze(0);
        return (y + x > 0.25 * 0.25 + 1e-6).to_type(ScalarType.Float32);
    }

    private void CompareAll(CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        int filters = _norm.Length;
        Tensor flat = _weights.flatten(1); // [filters, planes·h·w]
        Tensor unit = flat / flat.norm(1, keepdim: true).clamp_min(1e-30f);
        int rows = (int)Math.Clamp(Math.Min(BlockBytes / (sizeof(float) * filters), BlockProducts / flat.NumberOfElements), 1, filters);
        for (int from = 0; from < filters; from += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            int count = Math.Min(rows, filters - from);
            float[] cosines = unit.narrow(0, from, count).mm(unit.t()).abs().ToFloats(); // [count, filters]
            for (int i = 0; i < count; i++) Nearest(from + i, cosines.AsSpan(i * filters, filters));
        }
    }

    private void Nearest(int filter, ReadOnlySpan<float> cosines)
    {
        int nearest = -1;
        for (int other = 0; other < cosines.Length; other++)
            if (other != filter && (nearest < 0 || cosines[other] > cosines[nearest])) nearest = other;
        _nearest[filter] = nearest;
        _similarity[filter] = nearest < 0 ? float.NaN : Math.Min(1, cosines[nearest]);
    }
}
