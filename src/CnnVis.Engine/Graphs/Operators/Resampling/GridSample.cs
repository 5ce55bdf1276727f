using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>
/// ONNX GridSample (Jaderberg et al. 2015): x [N, C, H, W] (or [N, C, D, H, W]) at the places that grid [N, H', W', 2] names, from −1 to 1 across the map, x before y; between positions linear,
/// nearest, or cubic (Keys 1981, a = −0.75); outside zeros, the border, or reflected. Gradients reach both inputs.
/// </summary>
public sealed class GridSample : Operator
{
    private readonly string _mode, _padding;
    private readonly bool _corners;

    /// <param name="attributes">mode, padding_mode, align_corners.</param>
    public GridSample(OperatorAttributes attributes) : base(attributes)
    {
        _mode = attributes.OneOf("mode", "linear", "nearest", "cubic");
        _padding = attributes.OneOf("padding_mode", "zeros", "border", "reflection");
        _corners = attributes.Integer("align_corners", 0) != 0;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), grid = Required(inputs, 1);
        using var scope = NewDisposeScope();
        int axes = x.shape.Length - 2;
        long[] extents = x.shape[2..], output = [x.shape[0], x.shape[1], .. grid.shape[1..^1]];
        Tensor places = grid.shape[0] == x.shape[0] ? grid : grid.expand([x.shape[0], .. grid.shape[1..]]);
        places = places.reshape(x.shape[0], -1, axes); // [N, P, axes]
        (Tensor Index, Tensor Weight)[][] taps = [.. Enumerable.Range(0, axes).Select(i => Taps(places.select(2, axes - 1 - i), extents[i]))];
        Tensor flat = x.reshape(x.shape[0], x.shape[1], -1), sum = zeros([x.shape[0], x.shape[1], places.shape[1]], x.dtype, x.device);
        foreach (var combined in Combined(taps, 0, null, null, extents))
        {
            Tensor index = combined.Index.unsqueeze(1).expand(x.shape[0], x.shape[1], places.shape[1]);
            sum = sum + flat.gather(2, index) * combined.Weight.unsqueeze(1);
        }
        return sum.reshape(output).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, grid = Required(inputs, 1).Shape;
        if (x.Length < 3 || grid.Length != x.Length || grid[^1] != x.Length - 2 || grid[0] != x[0] && grid[0] != 1)
            throw Wrong($"cannot take places [{string.Join(", ", grid)}] of [{string.Join(", ", x)}].");
        return [x[0], x[1], .. grid[1..^1]];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [2, 3]);

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => output.Length == 4 ? new SpatialAxes(2, 3) : null;

    /// <summary>Every choice of a neighbour along each axis: its place in the flat map, and its weight.</summary>
    private static IEnumerable<(Tensor Index, Tensor Weight)> Combined((Tensor Index, Tensor Weight)[][] taps, int axis, Tensor? index, Tensor? weight, long[] extents)
    {
        if (axis == taps.Length) return [(index!, weight!)];
        return taps[axis].SelectMany(tap => Combined(taps, axis + 1, index is null ? tap.Index : index * extents[axis] + tap.Index, weight is null ? tap.Weight : weight * tap.Weight, extents));
    }

    /// <summary>The neighbours of places along one axis, and their weights; [N, P] each.</summary>
    private (Tensor Index, Tensor Weight)[] Taps(Tensor places, long extent)
    {
        Tensor at = (_corners ? (places + 1) * ((extent - 1) / 2.0) : ((places + 1) * extent - 1) / 2).clamp(-1e9, 1e9);
        if (_padding == "reflection" && _mode != "cubic") at = Reflected(at, extent).clamp(0, extent - 1);
        if (_mode == "nearest") return [Tap(at.detach().round(), ones_like(at), extent)];
        Tensor low = at.detach().floor(), t = at - low;
        if (_mode == "linear") return [Tap(low, 1 - t, extent), Tap(low + 1, t, extent)];
        return [Tap(low - 1, Far(t + 1), extent), Tap(low, Near(t), extent), Tap(low + 1, Near(1 - t), extent), Tap(low + 2, Far(2 - t), extent)];

        static Tensor Near(Tensor d) => (d * 1.25 - 2.25) * d * d + 1;

        static Tensor Far(Tensor d) => ((d * -0.75 + 3.75) * d - 6) * d + 3;
    }

    private (Tensor Index, Tensor Weight) Tap(Tensor index, Tensor weight, long extent)
    {
        if (_padding == "reflection") index = Reflected(index, extent);
        if (_padding == "zeros") weight = weight * index.ge(0).logical_and(index.le(extent - 1)).to(weight.dtype);
        return (index.clamp(0, extent - 1).to(ScalarType.Int64), weight);
    }

    /// <summary>Mirrored at the first and last position, or half a position beyond.</summary>
    private Tensor Reflected(Tensor at, long extent)
    {
        double low = _corners ? 0 : -0.5, span = _corners ? extent - 1 : extent;
        if (span == 0) return zeros_like(at);
        Tensor from = (at - low).abs(), folds = (from.detach() / span).floor(), extra = from - folds * span;
        return where(folds.remainder(2).eq(0), extra + low, span - extra + low);
    }
}
