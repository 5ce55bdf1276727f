using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX AveragePool over two axes.</summary>
public sealed class AveragePool : Operator
{
    private readonly WindowGeometry _geometry;
    private readonly long[] _kernel;
    private readonly bool _countPadding;

    /// <param name="attributes">auto_pad, ceil_mode, count_include_pad, kernel_shape, pads, strides.</param>
    public AveragePool(OperatorAttributes attributes) : base(attributes) =>
        (_geometry, _kernel, _countPadding) = (new WindowGeometry(attributes), attributes.Integers("kernel_shape") ?? [], attributes.Integer("count_include_pad", 0) != 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        var (before, after) = _geometry.Padding(x.shape.AsSpan(2), _kernel);
        if (before.AsSpan().SequenceEqual(after) && before.Zip(_kernel).All(p => p.First * 2 <= p.Second))
            return F.avg_pool2d(x, _kernel, _geometry.Strides(2), before, _geometry.CeilMode, _countPadding);

        using Tensor padded = Padded.Constant(x, before, after, 0);
        Tensor average = F.avg_pool2d(padded, _kernel, _geometry.Strides(2), null, _geometry.CeilMode, true);
        if (_countPadding) return average;
        // Divide by the share of each window that lies inside the input.
        using Tensor ones = torch.ones([1, 1, .. x.shape[2..]], x.dtype, x.device), inside = Padded.Constant(ones, before, after, 0);
        using Tensor share = F.avg_pool2d(inside, _kernel, _geometry.Strides(2), null, _geometry.CeilMode, true); // [1, 1, H', W']
        return average.div_(share);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length != 4 || _kernel.Length != 2)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"AveragePool over {_kernel.Length} axes of a {x.Length}-dimensional input is not supported; two axes are.", Type);
        return [x[0], x[1], .. _geometry.Outputs(x.AsSpan(2), _kernel)];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => _geometry.Window(Required(inputs, 0).Shape.AsSpan(2), _kernel);
}
