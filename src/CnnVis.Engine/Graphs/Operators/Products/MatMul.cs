using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Products;

/// <summary>ONNX MatMul: the matrix product over the last two dimensions, batched and broadcast as NumPy's; a vector is a row on the left and a column on the right.</summary>
public sealed class MatMul(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Product)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        // TorchSharp catches no error of matmul: what does not fit would end the process. These do the same, and are caught.
        Tensor a = Required(inputs, 0), b = Required(inputs, 1);
        switch (b.dim())
        {
            case 1:
                {
                    using Tensor row = b.unsqueeze(0), product = nn.functional.linear(a, row);
                    return product.squeeze(-1);
                }
            case 2:
                {
                    using Tensor turned = b.t();
                    return nn.functional.linear(a, turned);
                }
            default:
                return Stacked(a, b);
        }
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] a = Required(inputs, 0).Shape, b = Required(inputs, 1).Shape;
        if (a.Length == 0 || b.Length == 0 || a[^1] != b[b.Length == 1 ? 0 : ^2]) throw Wrong($"cannot multiply [{string.Join(", ", a)}] by [{string.Join(", ", b)}].");
        long[] left = a.Length == 1 ? [] : a[..^1], right = b.Length == 1 ? [] : [b[^1]];
        long[] stackA = a.Length <= 2 ? [] : a[..^2], stackB = b.Length <= 2 ? [] : b[..^2];
        return [.. Broadcast.Shape(stackA, stackB, Type), .. left.AsSpan(Math.Max(0, left.Length - 1)), .. right];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output) => output.Aggregate(1L, (x, y) => x * y) * Required(inputs, 0).Shape[^1];

    /// <summary>Everything along the dimension that is summed over.</summary>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        Operand a = Required(inputs, 0), b = Required(inputs, 1);
        return b.Axes is null ? SpatialWindow.Across(a, [a.Shape.Length - 1]) : SpatialWindow.Across(b, [b.Shape.Length - 2]);
    }

    /// <summary>Rows and columns are lost where two maps are multiplied, or a vector takes out a dimension.</summary>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        Operand a = Required(inputs, 0), b = Required(inputs, 1);
        return a.Axes is not null && b.Axes is not null || a.Shape.Length < 2 || b.Shape.Length < 2 ? null : base.Axes(inputs, output);
    }

    /// <summary>Products of each matrix on the left with its partner on the right.</summary>
    private Tensor Stacked(Tensor a, Tensor b)
    {
        if (a.dim() == 1)
        {
            using Tensor row = a.unsqueeze(0), single = Stacked(row, b);
            return single.squeeze(-2);
        }
        long[] left = a.shape, right = b.shape, stack = Broadcast.Shape(left[..^2], right[..^2], Type);
        long count = stack.Aggregate(1L, (x, y) => x * y);
        using Tensor wideA = a.expand([.. stack, .. left[^2..]]), wideB = b.expand([.. stack, .. right[^2..]]);
        using Tensor flatA = wideA.reshape(count, left[^2], left[^1]), flatB = wideB.reshape(count, right[^2], right[^1]);
        using Tensor product = flatA.bmm(flatB);
        return product.reshape([.. stack, left[^2], right[^1]]);
    }
}
