using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX MaxUnpool (Zeiler and Fergus 2014): each value goes to the place that MaxPool's indices name, counted through the whole tensor; 0 elsewhere. A larger output shape adds zeros at the ends.</summary>
public sealed class MaxUnpool : Operator
{
    private readonly long[] _kernel, _strides, _pads;

    /// <param name="attributes">kernel_shape, strides, pads.</param>
    public MaxUnpool(OperatorAttributes attributes) : base(attributes)
    {
        _kernel = attributes.Integers("kernel_shape") ?? throw Wrong("lacks its attribute 'kernel_shape'.");
        _strides = attributes.Integers("strides") ?? [.. Enumerable.Repeat(1L, _kernel.Length)];
        _pads = attributes.Integers("pads") ?? new long[2 * _kernel.Length];
        if (_strides.Length != _kernel.Length || _pads.Length != 2 * _kernel.Length) throw Wrong($"has windows of {_kernel.Length} axes, {_strides.Length} strides and {_pads.Length} pads.");
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1);
        long[] stated = Optional(inputs, 2) is { } shape ? Integers(shape) : Inferred(x.shape), inner = Inferred(x.shape);
        using var scope = NewDisposeScope();
        if (KeepsPicturesApart) indices = indices + arange(x.shape[0], device: x.device).reshape([-1, .. Enumerable.Repeat(1L, x.shape.Length - 1)]) * Extents.Count(inner.AsSpan(1));
        Tensor result = zeros([Extents.Count(inner)], x.dtype, x.device).scatter(0, indices.reshape(-1), x.reshape(-1)).reshape(inner);
        for (int d = 2; d < inner.Length; d++)
            if (stated[d] > inner[d]) result = cat([result, zeros([.. result.shape[..d], stated[d] - inner[d], .. result.shape[(d + 1)..]], x.dtype, x.device)], d);
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length != _kernel.Length + 2 || !Required(inputs, 1).Shape.AsSpan().SequenceEqual(x)) throw Wrong($"cannot put [{string.Join(", ", x)}] at [{string.Join(", ", Required(inputs, 1).Shape)}] by windows of {_kernel.Length} axes.");
        long[] inner = Extents.Checked(Inferred(x), Type);
        if (inputs.Length < 3 || inputs[2] is not { } given) return inner;
        long[] stated = ConstantIntegers(given);
        return stated.Length == x.Length && stated[1] == x[1] && stated.Zip(inner).Skip(2).All(s => s.First >= s.Second) ? [x[0], .. stated[1..]]
            : throw new CnnVisException(ErrorIds.OperatorNotSupported, $"MaxUnpool to [{string.Join(", ", stated)}] of what comes to [{string.Join(", ", inner)}] is not supported; to larger maps it is.", Type);
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [2, 3]);

    private long[] Inferred(long[] x) => [x[0], x[1], .. _kernel.Select((k, i) => (x[i + 2] - 1) * _strides[i] + k - _pads[i] - _pads[i + _kernel.Length])];
}
