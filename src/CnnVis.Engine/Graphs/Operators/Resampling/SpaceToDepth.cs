namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>ONNX SpaceToDepth: b × b positions become channels of one.</summary>
public sealed class SpaceToDepth(OperatorAttributes attributes) : BlockOperator(attributes)
{
    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => new(new WindowAxis(Block, Block, 0), new WindowAxis(Block, Block, 0));

    /// <inheritdoc/>
    protected override long[] Moved(long[] x) => x[2] % Block == 0 && x[3] % Block == 0 ? [x[0], checked(x[1] * Block * Block), x[2] / Block, x[3] / Block]
        : throw Wrong($"cannot part {x[2]} × {x[3]} positions into blocks of {Block} × {Block}.");

    /// <inheritdoc/>
    protected override (long[] Parts, long[] Order) Moves(long[] x) =>
        ([x[0], x[1], x[2] / Block, Block, x[3] / Block, Block], [0, 3, 5, 1, 2, 4]);
}
