using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>
/// ONNX Resize (opset 19): inputs X, roi, scales, sizes. Each axis by itself: nearest takes positions, linear and cubic multiply by a matrix of
/// weights, so that every mode has an exact gradient.
/// </summary>
public sealed class Resize : Operator
{
    private readonly ResizeOptions _options;
    private readonly string _coordinates, _aspect;
    private readonly float _outside;

    /// <param name="attributes">antialias, axes, coordinate_transformation_mode, cubic_coeff_a, exclude_outside, extrapolation_value, keep_aspect_ratio_policy, mode, nearest_mode.</param>
    public Resize(OperatorAttributes attributes) : base(attributes)
    {
        _options = new ResizeOptions(attributes);
        _coordinates = attributes.OneOf("coordinate_transformation_mode", CoordinateMap.Modes);
        _aspect = attributes.OneOf("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller");
        _outside = attributes.Number("extrapolation_value", 0);
    }

    /// <inheritdoc/>
    public override bool IsLearned(int input) => false;

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        CoordinateMap[] maps = Maps([.. inputs.Select(i => i is null ? (Operand?)null : new Operand(i.shape, i))]);
        Tensor value = x.alias();
        for (int axis = 0; axis < maps.Length; axis++)
        {
            if (maps[axis].IsIdentity) continue;
            using Tensor last = value;
            value = Along(last, axis, maps[axis]);
        }
        return value;
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Maps(inputs).Select(m => m.To)];

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        CoordinateMap[] maps = Maps(inputs);
        return maps.Length == 4 ? new SpatialWindow(Axis(maps[2]), Axis(maps[3])) : SpatialWindow.Pointwise;

        WindowAxis Axis(CoordinateMap map)
        {
            if (map.IsIdentity) return WindowAxis.Pointwise;
            if (map.From * map.To == 0) return new WindowAxis(map.From, 0, 0);
            long span = _options.Span(map.Scale);
            double stride = map.To > 1 ? (double)(map[map.To - 1] - map[0]) / (map.To - 1) : 0, first = map[0] - (span - 1) / 2.0;
            // Where a window may start between two positions, it takes in both.
            return new WindowAxis(span, stride, -(_options.Mode == "nearest" ? Math.Floor(first + 0.5) : Math.Floor(first + 0.5)));
        }
    }

    private Tensor Along(Tensor x, int axis, CoordinateMap map)
    {
        Tensor resized;
        if (_options.Mode == "nearest")
        {
            using Tensor sources = tensor(ResizeWeights.Nearest(map, _options), device: x.device);
            resized = x.index_select(axis, sources);
        }
        else
        {
            using Tensor weights = tensor(ResizeWeights.Linear(map, _options), device: x.device), lines = x.transpose(axis, -1);
            using Tensor product = nn.functional.linear(lines, weights); // […, resized]
            resized = product.transpose(axis, -1);
        }
        if (map.Mode != "tf_crop_and_resize") return resized;
        using Tensor inside = resized;
        bool[] beyond = [.. Enumerable.Range(0, (int)map.To).Select(i => map[i] < 0 || map[i] > map.From - 1)];
        using Tensor mask = tensor(beyond, device: x.device).reshape([.. x.shape.Select((_, i) => i == axis ? -1L : 1L)]);
        return inside.masked_fill(mask, _outside);
    }

    private CoordinateMap[] Maps(Operand?[] inputs)
    {
        long[] shape = Required(inputs, 0).Shape;
        int[] axes = [.. (Attributes.Integers("axes") ?? [.. Enumerable.Range(0, shape.Length).Select(i => (long)i)]).Select(a => (int)(a < 0 ? a + shape.Length : a))];
        if (axes.Any(a => a < 0 || a >= shape.Length) || axes.Distinct().Count() != axes.Length) throw Wrong($"has the axes [{string.Join(", ", Attributes.Integers("axes")!)}], and its input {shape.Length} dimensions.");
        float[]? roi = Numbers(inputs, 1), scales = Numbers(inputs, 2), sizes = Numbers(inputs, 3);
        if (scales is null == sizes is null) throw Wrong("takes either scales or sizes.");
        if ((scales ?? sizes)!.Length != axes.Length) throw Wrong($"has {(scales ?? sizes)!.Length} {(scales is null ? "sizes" : "scales")} for {axes.Length} axes.");
        bool crop = _coordinates == "tf_crop_and_resize";
        if (crop && roi?.Length != 2 * axes.Length) throw Wrong($"crops by a region of {roi?.Length ?? 0} numbers; {2 * axes.Length} belong there.");

        CoordinateMap[] maps = [.. shape.Select(extent => new CoordinateMap("half_pixel", 1, extent, extent, 0, 1))];
        float one = sizes is null || _aspect == "stretch" ? 0
            : _aspect == "not_larger" ? axes.Select((a, i) => sizes[i] / shape[a]).Min() : axes.Select((a, i) => sizes[i] / shape[a]).Max();
        for (int i = 0; i < axes.Length; i++)
        {
            long from = shape[axes[i]];
            float scale = scales?[i] ?? (one != 0 ? one : sizes![i] / from);
            double to = scales is not null ? Math.Floor(from * scale) : one != 0 ? Math.Round(one * from, MidpointRounding.AwayFromZero) : sizes![i];
            if (!(scale > 0) || !(to >= 1) || to > int.MaxValue) throw Wrong($"cannot make {from} positions {scale} times as many.");
            maps[axes[i]] = new CoordinateMap(_coordinates, scale, from, (long)to, crop ? roi![i] : 0, crop ? roi![axes.Length + i] : 1);
        }
        return maps;
    }

    /// <summary>The numbers of an input; null where it is left out, be it by an empty name or an empty tensor.</summary>
    private float[]? Numbers(Operand?[] inputs, int index)
    {
        if (index >= inputs.Length || inputs[index] is not { } operand || operand.Shape.Contains(0)) return null;
        if (operand.Constant is not { } constant) throw new CnnVisException(ErrorIds.OperatorNotSupported, "Resize to a size that the network computes is not supported; a constant one is.", Type);
        using Tensor whole = constant.to(ScalarType.Float32), numbers = whole.cpu();
        return numbers.data<float>().ToArray();
    }
}
