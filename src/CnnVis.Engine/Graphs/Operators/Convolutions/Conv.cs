using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>ONNX Conv over one to three axes: input [N, C, (H,) W], weights [M, C/group, (kH,) kW], bias [M].</summary>
public sealed class Conv : Operator
{
    private readonly WindowGeometry _geometry;

    /// <param name="attributes">auto_pad, dilations, group, pads, strides; kernel_shape is that of the weights.</param>
    public Conv(OperatorAttributes attributes) : base(attributes, OperatorTraits.Product) =>
        (_geometry, Groups) = (new WindowGeometry(Type, attributes), attributes.Positive("group", 1));

    /// <summary>Groups of channels that do not mix.</summary>
    internal long Groups { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0), weight = Required(inputs, 1);
        Tensor? bias = Optional(inputs, 2);
        WindowPlacement windows = _geometry.Place(x.shape.AsSpan(2), weight.shape.AsSpan(2));
        if (Groups == 1 && FoldedConvolution.Pays(x, windows)) return FoldedConvolution.Run(x, weight, bias, windows);
        if (windows.Symmetric) return Convolve(x, windows.Before);
        using Tensor padded = windows.Pad(x, 0);
        return Convolve(padded, new long[windows.Kernel.Length]);

        Tensor Convolve(Tensor input, long[] padding) => padding.Length == 1
            ? F.conv1d(input, weight, bias, windows.Strides[0], padding[0], windows.Dilations[0], Groups)
            : padding.Length == 2 ? F.conv2d(input, weight, bias, windows.Strides, padding, windows.Dilations, Groups) // [N, M, H', W']
            : F.conv3d(input, weight, bias, windows.Strides, padding, windows.Dilations, Groups);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, weight = Required(inputs, 1).Shape;
        if (x.Length < 3 || weight.Length < 3) throw Wrong($"takes an input of at least 3 dimensions and weights of as many; they have {x.Length} and {weight.Length}.");
        if (x[1] != weight[1] * Groups) throw Wrong($"has weights for {weight[1] * Groups} input channels and gets {x[1]}.");
        if (weight[0] % Groups != 0) throw Wrong($"has {weight[0]} filters, which cannot be parted into {Groups} groups.");
        if (Known(inputs, 2) is { } bias && !bias.AsSpan().SequenceEqual([weight[0]])) throw Wrong($"has {weight[0]} filters and a bias of the shape [{string.Join(", ", bias)}].");
        return [x[0], weight[0], .. _geometry.Place(x.AsSpan(2), weight.AsSpan(2)).Outputs];
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
    public override SpatialWindow Window(Operand?[] inputs) => Windows(inputs).Window();

    /// <summary>The windows over an input.</summary>
    internal WindowPlacement Windows(Operand?[] inputs) => _geometry.Place(Required(inputs, 0).Shape.AsSpan(2), Required(inputs, 1).Shape.AsSpan(2));
}
