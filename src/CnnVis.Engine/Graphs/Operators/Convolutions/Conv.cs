using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX Conv over one or two axes: input [N, C, (H,) W], weights [M, C/group, (kH,) kW], bias [M].</summary>
public sealed class Conv : Operator
{
    private readonly WindowGeometry _geometry;
    private readonly long _groups;

    /// <param name="attributes">auto_pad, dilations, group, pads, strides; kernel_shape is taken from the weights.</param>
    public Conv(OperatorAttributes attributes) : base(attributes) =>
        (_geometry, _groups) = (new WindowGeometry(attributes), attributes.Integer("group", 1));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), weight = Required(inputs, 1);
        Tensor? bias = Optional(inputs, 2);
        ReadOnlySpan<long> kernel = weight.shape.AsSpan(2);
        int axes = kernel.Length;
        var (before, after) = _geometry.Padding(x.shape.AsSpan(2), kernel);
        if (before.AsSpan().SequenceEqual(after)) return Convolve(x, before);
        using Tensor padded = Padded.Constant(x, before, after, 0);
        return Convolve(padded, new long[axes]);

        Tensor Convolve(Tensor input, long[] padding) => axes == 1
            ? F.conv1d(input, weight, bias, _geometry.Strides(1)[0], padding[0], _geometry.Dilations(1)[0], _groups)
            : F.conv2d(input, weight, bias, _geometry.Strides(axes), padding, _geometry.Dilations(axes), _groups); // [N, M, H', W']
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, weight = Required(inputs, 1).Shape;
        if (weight.Length is not (3 or 4) || x.Length != weight.Length)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"Conv over {weight.Length - 2} axes of a {x.Length}-dimensional input is not supported; one or two are.", Type);
        if (x[1] != weight[1] * _groups)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Conv has weights for {weight[1] * _groups} input channels and gets {x[1]}.", Type);
        return [x[0], weight[0], .. _geometry.Outputs(x.AsSpan(2), weight.AsSpan(2))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output)
    {
        long each = 1;
        foreach (long extent in Required(inputs, 1).Shape.AsSpan(1)) each *= extent;
        foreach (long extent in output.AsSpan(1)) each *= extent;
        return each;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => _geometry.Window(Required(inputs, 0).Shape.AsSpan(2), Required(inputs, 1).Shape.AsSpan(2));
}
