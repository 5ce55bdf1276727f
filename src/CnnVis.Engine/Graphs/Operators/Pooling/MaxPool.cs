using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX MaxPool over two axes; padding never wins.</summary>
public sealed class MaxPool : Operator
{
    private readonly WindowGeometry _geometry;
    private readonly long[] _kernel;

    /// <param name="attributes">auto_pad, ceil_mode, dilations, kernel_shape, pads, strides.</param>
    public MaxPool(OperatorAttributes attributes) : base(attributes) =>
        (_geometry, _kernel) = (new WindowGeometry(attributes), attributes.Integers("kernel_shape") ?? []);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        var (before, after) = _geometry.Padding(x.shape.AsSpan(2), _kernel);
        // libtorch pads both sides alike, by half the window at most.
        bool native = before.AsSpan().SequenceEqual(after) && before.Zip(_kernel).All(p => p.First * 2 <= p.Second);
        if (native) return Pool(x, before);
        using Tensor padded = Padded.Constant(x, before, after, double.NegativeInfinity);
        return Pool(padded, new long[_kernel.Length]);

        Tensor Pool(Tensor input, long[] padding) => F.max_pool2d(input, _kernel, _geometry.Strides(2), padding, _geometry.Dilations(2), _geometry.CeilMode);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length != 4 || _kernel.Length != 2)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"MaxPool over {_kernel.Length} axes of a {x.Length}-dimensional input is not supported; two axes are.", Type);
        return [x[0], x[1], .. _geometry.Outputs(x.AsSpan(2), _kernel)];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => _geometry.Window(Required(inputs, 0).Shape.AsSpan(2), _kernel);
}
