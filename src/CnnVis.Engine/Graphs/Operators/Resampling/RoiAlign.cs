using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>
/// ONNX RoiAlign (He et al. 2017): of each region [R, 4] (x₁, y₁, x₂, y₂, times spatial_scale) of the picture that batch_indices [R] names, output_height × output_width bins, each the mean or the largest of
/// sampling_ratio² values between positions; as many as a bin has positions where it is 0.
/// </summary>
public sealed class RoiAlign : Operator
{
    private readonly bool _largest, _half;
    private readonly long _rows, _columns, _samples;
    private readonly float _scale;

    /// <param name="attributes">mode, output_height, output_width, sampling_ratio, spatial_scale, coordinate_transformation_mode.</param>
    public RoiAlign(OperatorAttributes attributes) : base(attributes)
    {
        _largest = attributes.OneOf("mode", "avg", "max") == "max";
        _half = attributes.OneOf("coordinate_transformation_mode", "half_pixel", "output_half_pixel") == "half_pixel";
        (_rows, _columns, _samples, _scale) = (attributes.Positive("output_height", 1), attributes.Positive("output_width", 1), attributes.Integer("sampling_ratio", 0), attributes.Number("spatial_scale", 1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        float[] regions = Required(inputs, 1).detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        long[] pictures = Integers(Required(inputs, 2));
        var cut = new List<Tensor>();
        for (int r = 0; r < pictures.Length; r++) cut.Add(Region(x[pictures[r]], regions.AsSpan(4 * r, 4)));
        return (cut.Count > 0 ? stack([.. cut]) : zeros([0, x.shape[1], _rows, _columns])).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, regions = Required(inputs, 1).Shape, pictures = Required(inputs, 2).Shape;
        return x.Length == 4 && regions is [var count, 4] && pictures.AsSpan().SequenceEqual([count]) ? [count, x[1], _rows, _columns]
            : throw Wrong($"cannot take regions [{string.Join(", ", regions)}] of pictures [{string.Join(", ", pictures)}] out of [{string.Join(", ", x)}].");
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [2, 3]);

    /// <summary>One region of one picture: [C, rows, columns].</summary>
    private Tensor Region(Tensor map, ReadOnlySpan<float> region)
    {
        float shift = _half ? 0.5f : 0;
        float left = region[0] * _scale - shift, top = region[1] * _scale - shift, width = region[2] * _scale - shift - left, height = region[3] * _scale - shift - top;
        if (!_half) (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
        var (rows, y) = Places(top, height, _rows, map.shape[1]);
        var (columns, x) = Places(left, width, _columns, map.shape[2]);
        // Four neighbours of every place, each with its weight: [C, bins · samples of the rows, bins · samples of the columns].
        Tensor ll = At(y.Low, x.Low, y.LowWeight, x.LowWeight), lh = At(y.Low, x.High, y.LowWeight, x.HighWeight);
        Tensor hl = At(y.High, x.Low, y.HighWeight, x.LowWeight), hh = At(y.High, x.High, y.HighWeight, x.HighWeight);
        Tensor values = _largest ? maximum(maximum(ll, lh), maximum(hl, hh)) : ll + lh + hl + hh;
        values = values.reshape(map.shape[0], _rows, rows, _columns, columns);
        return _largest ? values.amax([2L, 4L]) : values.mean([2L, 4L]);

        Tensor At(long[] atRows, long[] atColumns, float[] rowWeights, float[] columnWeights) => map.index_select(1, tensor(atRows, device: map.device)).index_select(2, tensor(atColumns, device: map.device))
            * tensor(rowWeights, device: map.device).reshape(1, -1, 1) * tensor(columnWeights, device: map.device).reshape(1, 1, -1);
    }

    /// <summary>Places along one axis: of the positions on both sides and their weights; nothing counts beyond one position outside.</summary>
    private (long Samples, (long[] Low, long[] High, float[] LowWeight, float[] HighWeight)) Places(float start, float length, long bins, long extent)
    {
        float bin = length / bins;
        long samples = _samples > 0 ? _samples : Math.Max(1, (long)MathF.Ceiling(bin));
        if (samples * bins > Extents.Limit / 1024) throw Wrong($"has regions of {length} positions, which is too much.");
        int count = (int)(samples * bins);
        long[] low = new long[count], high = new long[count];
        float[] lowWeight = new float[count], highWeight = new float[count];
        for (int i = 0; i < count; i++)
        {
            float place = start + i / samples * bin + (i % samples + 0.5f) * bin / samples;
            if (place < -1 || place > extent || float.IsNaN(place)) continue;
            place = Math.Max(place, 0);
            low[i] = Math.Min((long)place, extent - 1);
            high[i] = Math.Min(low[i] + 1, extent - 1);
            highWeight[i] = low[i] == extent - 1 ? 0 : place - low[i];
            lowWeight[i] = 1 - highWeight[i];
        }
        return (samples, (low, high, lowWeight, highWeight));
    }
}
