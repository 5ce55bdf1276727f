using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>
/// ONNX ConvTranspose over one to three axes: input [N, C, (H,) W], weights [C, M/group, (kH,) kW], bias [M]. Each input position adds its weights
/// to a window of the output; padding is what is cut off at the borders.
/// </summary>
public sealed class ConvTranspose : Operator
{
    private readonly WindowGeometry _geometry;
    private readonly long _groups;

    /// <param name="attributes">auto_pad, dilations, group, output_padding, output_shape, pads, strides; kernel_shape is that of the weights.</param>
    public ConvTranspose(OperatorAttributes attributes) : base(attributes, OperatorTraits.Product)
    {
        (_geometry, _groups) = (new WindowGeometry(Type, attributes), attributes.Positive("group", 1));
        foreach (string name in (string[])["output_padding", "output_shape"])
            if (attributes.Integers(name) is { } values && values.Any(v => v < 0 || v > int.MaxValue)) throw Wrong($"has the {name} [{string.Join(", ", values)}].");
    }

    /// <param name="Before">Positions cut off before each axis.</param>
    /// <param name="Natural">Extents of the output if nothing is cut off.</param>
    /// <param name="Outputs">Extents of the output.</param>
    private sealed record Cut(long[] Before, long[] Natural, long[] Outputs)
    {
        /// <summary>Positions cut off after each axis; negative where some are added.</summary>
        public long[] After => [.. Outputs.Select((extent, i) => Natural[i] - Before[i] - extent)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), weight = Required(inputs, 1);
        Tensor? bias = Optional(inputs, 2);
        Cut cut = Place(x.shape, weight.shape);
        int axes = cut.Before.Length;
        long[] strides = _geometry.Strides(axes), dilations = _geometry.Dilations(axes), after = cut.After, none = new long[axes];
        long[] extra = [.. cut.Before.Zip(after, (before, behind) => before - behind)];
        // libtorch cuts both sides alike, and lengthens the end by less than a stride.
        if (Enumerable.Range(0, axes).All(i => cut.Before[i] >= 0 && extra[i] >= 0 && extra[i] < Math.Max(strides[i], dilations[i]))) return Transposed(cut.Before, extra, bias);
        using Tensor whole = Transposed(none, none, null);
        using Tensor part = Padded.Constant(whole, [.. cut.Before.Select(b => -b)], [.. after.Select(a => -a)], 0);
        if (bias is null) return part.alias();
        using Tensor spread = bias.reshape([-1, .. Enumerable.Repeat(1L, axes)]);
        return part + spread;

        Tensor Transposed(long[] padding, long[] outputPadding, Tensor? added) => axes == 1
            ? F.conv_transpose1d(x, weight, added, strides[0], padding[0], outputPadding[0], dilations[0], _groups)
            : axes == 2 ? F.conv_transpose2d(x, weight, added, strides, padding, outputPadding, dilations, _groups) // [N, M, H', W']
            : F.conv_transpose3d(x, weight, added, strides, padding, outputPadding, dilations, _groups);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, weight = Required(inputs, 1).Shape;
        if (x.Length is not (3 or 4 or 5) || weight.Length != x.Length)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"ConvTranspose with weights of {weight.Length} dimensions over an input of {x.Length} is not supported; three to five are.", Type);
        if (x[1] != weight[0]) throw Wrong($"has weights for {weight[0]} input channels and gets {x[1]}.");
        if (x[1] % _groups != 0) throw Wrong($"has {x[1]} input channels, which cannot be parted into {_groups} groups.");
        long filters = weight[1] * _groups;
        if (Known(inputs, 2) is { } bias && !bias.AsSpan().SequenceEqual([filters])) throw Wrong($"has {filters} filters and a bias of the shape [{string.Join(", ", bias)}].");
        return [x[0], filters, .. Place(x, weight).Outputs];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output)
    {
        long each = 1;
        foreach (long extent in Required(inputs, 0).Shape.AsSpan(1)) each *= extent;
        foreach (long extent in Required(inputs, 1).Shape.AsSpan(1)) each *= extent;
        return each;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, weight = Required(inputs, 1).Shape;
        Cut cut = Place(x, weight);
        int axes = cut.Before.Length;
        long[] strides = _geometry.Strides(axes), dilations = _geometry.Dilations(axes);
        return axes == 1 ? new SpatialWindow(WindowAxis.Pointwise, Axis(0)) : new SpatialWindow(Axis(axes - 2), Axis(axes - 1));

        // Output o gets something of input i where 0 ≤ o + before − i · stride < span.
        WindowAxis Axis(int i)
        {
            long span = dilations[i] * (weight[2 + i] - 1) + 1;
            return new WindowAxis((span + strides[i] - 1) / strides[i], 1.0 / strides[i], Math.Floor((double)(span - 1 - cut.Before[i]) / strides[i]));
        }
    }

    private Cut Place(long[] x, long[] weight)
    {
        int axes = x.Length - 2;
        if (_geometry.Kernel is { } stated && !weight.AsSpan(2).SequenceEqual(stated))
            throw Wrong($"says a window of [{string.Join(", ", stated)}], and its weights have [{string.Join(", ", weight[2..])}].");
        long[] strides = _geometry.Strides(axes), dilations = _geometry.Dilations(axes), natural = new long[axes], outputs = new long[axes];
        long[] longer = Listed("output_padding", axes) ?? new long[axes];
        var (before, after) = _geometry.Pads(axes);
        // A list with the batch and the channels before the extents is accepted too, as OnnxRuntime does.
        long[]? wanted = Attributes.Integers("output_shape") is { Length: > 0 } given ? Listed("output_shape", axes, given.Length == axes + 2 ? given[2..] : given) : null;
        bool same = _geometry.AutoPad.StartsWith("SAME", StringComparison.Ordinal);
        double positions = 1;
        for (int i = 0; i < axes; i++)
        {
            natural[i] = strides[i] * (x[2 + i] - 1) + dilations[i] * (weight[2 + i] - 1) + 1;
            // Windows shorter than the stride do not reach in · stride positions; ONNX's shape inference and OnnxRuntime stop where they end.
            outputs[i] = wanted is not null ? wanted[i]
                : same ? Math.Min(x[2 + i] * strides[i], natural[i] + longer[i])
                : natural[i] + longer[i] - before[i] - after[i];
            if (wanted is not null || same)
            {
                long total = Math.Max(0, natural[i] + longer[i] - outputs[i]);
                before[i] = _geometry.AutoPad == "SAME_UPPER" ? total / 2 : total - total / 2;
            }
            if (outputs[i] < 1) throw Wrong($"cuts off more than there is: {outputs[i]} positions would be left.");
            positions *= natural[i] + longer[i];
        }
        if (positions > WindowPlacement.MostPositions) throw Wrong($"would make a map of [{string.Join(", ", natural)}], which is too large.");
        return new Cut(before, natural, outputs);
    }

    private long[]? Listed(string name, int axes, long[]? values = null)
    {
        values ??= Attributes.Integers(name);
        return values is null || values.Length == axes ? values : throw Wrong($"has the {name} [{string.Join(", ", values)}] where {axes} numbers belong.");
    }
}
