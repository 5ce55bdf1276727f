using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>ONNX Col2Im over two axes: columns [N, C · kH · kW, windows] added up where their windows lie in a map of the stated size.</summary>
public sealed class Col2Im(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        long[] map = Integers(Required(inputs, 1)), kernel = Integers(Required(inputs, 2)), pads = Pads();
        var (strides, dilations) = (Listed("strides"), Listed("dilations"));
        Check(map, kernel, pads);
        return nn.functional.fold(Required(inputs, 0), (map[0], map[1]), (kernel[0], kernel[1]), (dilations[0], dilations[1]), (pads[0], pads[1]), (strides[0], strides[1]));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, map = ConstantIntegers(Required(inputs, 1)), kernel = ConstantIntegers(Required(inputs, 2)), pads = Pads();
        Check(map, kernel, pads);
        return x.Length == 3 && kernel[0] > 0 && kernel[1] > 0 && x[1] % (kernel[0] * kernel[1]) == 0 ? [x[0], x[1] / (kernel[0] * kernel[1]), map[0], map[1]]
            : throw Wrong($"cannot make maps of [{string.Join(", ", x)}] by windows of [{string.Join(", ", kernel)}].");
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;

    private void Check(long[] map, long[] kernel, long[] pads)
    {
        if (map.Length != 2 || kernel.Length != 2 || pads is not [var top, var left, var bottom, var right] || top != bottom || left != right)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, "Col2Im is supported over two axes that are padded alike on both sides.", Type);
    }

    private long[] Pads() => Attributes.Integers("pads") ?? [0, 0, 0, 0];

    private long[] Listed(string name) => Attributes.Integers(name) ?? [1, 1];
}
