using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>Moves blocks of b × b positions between rows and columns and the channels of [N, C, H, W].</summary>
public abstract class BlockOperator(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <summary>Side of a block.</summary>
    protected long Block { get; } = attributes.Positive("blocksize", 0);

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        var (parts, order) = Moves(x.shape);
        using Tensor blocks = x.reshape(parts), moved = blocks.permute(order);
        return moved.reshape(Moved(x.shape));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => Required(inputs, 0).Shape is { Length: 4 } x ? Moved(x)
        : throw Wrong($"takes an input of 4 dimensions; this one has {Required(inputs, 0).Shape.Length}.");

    /// <summary>The shape of what comes out.</summary>
    protected abstract long[] Moved(long[] x);

    /// <summary>The input taken apart into six dimensions, and their order in the output.</summary>
    protected abstract (long[] Parts, long[] Order) Moves(long[] x);
}
