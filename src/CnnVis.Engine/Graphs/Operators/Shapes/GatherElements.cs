using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX GatherElements: of each line along an axis, the elements that the indices name. The output has the indices' shape.</summary>
public sealed class GatherElements(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        int axis = Axis(0, x.shape.Length, x.shape.Length - 1);
        using Tensor places = Gather.Places(Required(inputs, 1), x.shape[axis]);
        return x.gather(axis, places);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0), indices = Required(inputs, 1);
        int axis = Axis(0, x.Shape.Length, x.Shape.Length - 1);
        if (indices.Shape.Length != x.Shape.Length || indices.Shape.Where((extent, i) => i != axis && extent > x.Shape[i]).Any())
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"GatherElements cannot take [{string.Join(", ", indices.Shape)}] elements of [{string.Join(", ", x.Shape)}].", Type);
        Gather.CheckPlaces(indices, x.Shape[axis], Type);
        return [.. indices.Shape];
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
