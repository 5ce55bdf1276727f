using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX ScatterElements: the data with elements replaced by the updates, or combined with them (<c>reduction</c>); along one axis the indices say which, along the others the update's own place.</summary>
public sealed class ScatterElements(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly string _reduction = attributes.OneOf("reduction", IndexedUpdates.Reductions);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor x = Required(inputs, 0), indices = Required(inputs, 1), updates = Required(inputs, 2);
        if (KeepsPicturesApart) (indices, updates) = (indices.expand([x.shape[0], .. indices.shape[1..]]), updates.expand([x.shape[0], .. updates.shape[1..]]));
        int axis = Axis(0, x.shape.Length, x.shape.Length - 1);
        Tensor places = Gather.Places(indices, x.shape[axis]);
        // The place of each update in the flat data.
        Tensor flat = zeros_like(places);
        long stride = 1;
        for (int d = x.shape.Length - 1; d >= 0; stride *= x.shape[d--])
            flat = flat + stride * (d == axis ? places : arange(indices.shape[d], device: x.device).reshape([.. Enumerable.Range(0, x.shape.Length).Select(i => i == d ? -1L : 1L)]));
        return IndexedUpdates.Apply(x.reshape(-1, 1), flat.reshape(-1), updates.reshape(-1, 1), _reduction).reshape(x.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0), indices = Required(inputs, 1);
        long[] updates = Required(inputs, 2).Shape;
        int axis = Axis(0, x.Shape.Length, x.Shape.Length - 1);
        if (!updates.AsSpan().SequenceEqual(indices.Shape) || indices.Shape.Length != x.Shape.Length || indices.Shape.Where((extent, i) => i != axis && extent > x.Shape[i]).Any())
            throw Wrong($"cannot put [{string.Join(", ", updates)}] at [{string.Join(", ", indices.Shape)}] of [{string.Join(", ", x.Shape)}].");
        Gather.CheckPlaces(indices, x.Shape[axis], Type);
        return [.. x.Shape];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [Axis(0, Required(inputs, 0).Shape.Length, Required(inputs, 0).Shape.Length - 1)]);
}
