using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX Reshape: 0 keeps a dimension (unless <c>allowzero</c>), −1 takes what is left.</summary>
public sealed class Reshape(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.PassesOn)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.reshape(Target(x.shape, Integers(Required(inputs, 1))));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Target(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)));

    /// <summary>Rows and columns stay where an axis of the output has the same extent and as many elements before it.</summary>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        Operand x = Required(inputs, 0);
        if (x.Axes is not { } axes) return null;
        int rows = Find(axes.Rows), columns = Find(axes.Columns);
        return rows >= 0 && columns >= 0 ? new SpatialAxes(rows, columns) : null;

        int Find(int axis)
        {
            long before = Extents.Count(x.Shape.AsSpan(0, axis));
            // Of several axes with nothing between them, the one as far from the end.
            for (int i = output.Length - 1; i >= 0; i--)
                if (output[i] == x.Shape[axis] && Extents.Count(output.AsSpan(0, i)) == before) return i;
            return -1;
        }
    }

    private long[] Target(long[] from, long[] shape)
    {
        bool keepZero = Attributes.Integer("allowzero", 0) == 0;
        long[] target = [.. shape.Select((extent, i) => extent == 0 && keepZero && i < from.Length ? from[i] : extent)];
        long total = Extents.Count(from);
        int free = Array.IndexOf(target, -1);
        if (free >= 0)
        {
            target[free] = 1;
            long known = Array.Exists(target, extent => extent < 0) ? 0 : Extents.Count(target);
            target[free] = known == 0 ? 0 : total / known;
        }
        if (Array.Exists(target, extent => extent < 0) || Extents.Count(target) != total)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Reshape cannot make [{string.Join(", ", shape)}] of [{string.Join(", ", from)}]{(from.Length == 4 ? "; the picture's size may not be the one that the network was made for" : "")}.", Type);
        return target;
    }
}
