using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>Operators that make one number of each map: [N, C, H, W] gives [N, C, 1, 1].</summary>
public abstract class GlobalPool(OperatorAttributes attributes, OperatorTraits traits = OperatorTraits.None) : Operator(attributes, traits | OperatorTraits.Pools)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return Apply(x, [.. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)]);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length < 3) throw Wrong($"takes an input of at least 3 dimensions; this one has {x.Length}.");
        return [x[0], x[1], .. Enumerable.Repeat(1L, x.Length - 2)];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [2, 3]);

    /// <summary>The function, over the given axes, which stay with an extent of one.</summary>
    protected abstract Tensor Apply(Tensor x, long[] axes);
}
