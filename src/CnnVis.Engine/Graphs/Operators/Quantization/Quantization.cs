using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>
/// What QuantizeLinear and DequantizeLinear share: scale and zero point are one number, one for each position along an axis, or one for each block
/// of positions along it.
/// </summary>
public abstract class Quantization : Operator
{
    /// <summary>The attribute in which the reader keeps the type of the whole numbers, which a file tells by that of the zero point: tensors here are widened.</summary>
    internal const string TypeAttribute = "cnnvis_type";

    private readonly long _block;

    /// <param name="attributes">axis, block_size, output_dtype.</param>
    protected Quantization(OperatorAttributes attributes) : base(attributes)
    {
        _block = attributes.Integer("block_size", 0);
        if (_block < 0) throw Wrong($"has blocks of {_block}.");
    }

    /// <inheritdoc/>
    public override bool IsLearned(int input) => input == 0;

    /// <summary>ONNX's number of the type of the whole numbers.</summary>
    protected long NumberType => Attributes.Integer(TypeAttribute, 0) is var kept and not 0 ? kept
        : Attributes.Integer("output_dtype", 0) is var stated and not 0 ? stated
        : QuantizedType.Default;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using Tensor scale = Spread(Required(inputs, 1), x.shape);
        using Tensor? zero = Optional(inputs, 2) is { } point ? Spread(point, x.shape) : null;
        return Apply(x, scale, zero);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, scale = Required(inputs, 1).Shape;
        if (Known(inputs, 2) is { } zero && !zero.AsSpan().SequenceEqual(scale) && !(Single(zero) && Single(scale))) throw Wrong($"has a scale of the shape [{string.Join(", ", scale)}] and a zero point of [{string.Join(", ", zero)}].");
        if (Single(scale)) return [.. x];
        int axis = Axis(1, x.Length, last: x.Length - 1);
        long[] expected = _block == 0 ? [x[axis]] : [.. x.Select((extent, i) => i == axis ? (extent + _block - 1) / _block : extent)];
        return scale.AsSpan().SequenceEqual(expected) ? [.. x] : throw Wrong($"has a scale of the shape [{string.Join(", ", scale)}] where [{string.Join(", ", expected)}] belongs.");
    }

    /// <summary>The function.</summary>
    /// <param name="x">The input.</param>
    /// <param name="scale">float32, of a shape that can be broadcast to that of x.</param>
    /// <param name="zero">The same, or null for 0.</param>
    protected abstract Tensor Apply(Tensor x, Tensor scale, Tensor? zero);

    private Tensor Spread(Tensor parameter, long[] shape)
    {
        using Tensor numbers = parameter.to(ScalarType.Float32);
        if (Single(numbers.shape)) return numbers.reshape([]);
        int axis = Axis(1, shape.Length, last: shape.Length - 1);
        if (_block == 0) return numbers.reshape([.. shape.Select((_, i) => i == axis ? -1L : 1L)]);
        using Tensor blocks = numbers.repeat_interleave(_block, axis);
        return blocks.narrow(axis, 0, shape[axis]);
    }

    /// <summary>One number for all, be it without dimensions or with one.</summary>
    private bool Single(long[] shape) => _block == 0 && shape.All(extent => extent == 1) && shape.Length <= 1;
}
