using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Transformers;

/// <summary>ONNX TensorScatter: a cache with the update written into it along an axis, for each of the batch from the place that write_indices names; with <c>mode</c> = circular around the end.</summary>
public sealed class TensorScatter(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _circular = attributes.OneOf("mode", "linear", "circular") == "circular";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor cache = Required(inputs, 0), update = Required(inputs, 1);
        int axis = Axis(-2, cache.shape.Length, cache.shape.Length - 1);
        long[] line = [.. cache.shape.Select((_, i) => i == axis ? -1L : 1)], batch = [.. cache.shape.Select((_, i) => i == 0 ? -1L : 1)];
        Tensor places = arange(update.shape[axis], ScalarType.Int64, cache.device).reshape(line);
        if (Optional(inputs, 2) is { } first) places = places + first.reshape(batch);
        if (_circular) places = places.remainder(cache.shape[axis]);
        return cache.scatter(axis, places.expand(update.shape), update).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] cache = Required(inputs, 0).Shape, update = Required(inputs, 1).Shape;
        int axis = Axis(-2, cache.Length, cache.Length - 1);
        return update.Length == cache.Length && axis > 0 && Enumerable.Range(0, cache.Length).All(i => i == axis ? update[i] <= cache[i] : update[i] == cache[i]) ? [.. cache]
            : throw Wrong($"cannot write [{string.Join(", ", update)}] into [{string.Join(", ", cache)}].");
    }
}
