using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>ONNX AffineGrid: the places, from −1 to 1, that an affine map theta [N, 2, 3] (or [N, 3, 4]) gives each position of an output of the stated size, for <see cref="GridSample"/>.</summary>
public sealed class AffineGrid(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _corners = attributes.Integer("align_corners", 0) != 0;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor theta = Required(inputs, 0);
        return nn.functional.affine_grid(theta, [theta.shape[0], .. Integers(Required(inputs, 1))[1..]], _corners);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] theta = Required(inputs, 0).Shape, size = ConstantIntegers(Required(inputs, 1));
        if (size.Length is not (4 or 5) || theta.Length != 3 || theta[1] != size.Length - 2 || theta[2] != size.Length - 1) throw Wrong($"cannot map [{string.Join(", ", size)}] by [{string.Join(", ", theta)}].");
        return [theta[0], .. size[2..], size.Length - 2];
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
