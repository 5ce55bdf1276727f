namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>ONNX DepthToSpace: each position's channels become b × b positions (Shi et al. 2016 with mode CRD, "pixel shuffle").</summary>
public sealed class DepthToSpace(OperatorAttributes attributes) : BlockOperator(attributes)
{
    private readonly bool _depthFirst = attributes.OneOf("mode", "DCR", "CRD") == "DCR";

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => new(new WindowAxis(1, 1.0 / Block, 0), new WindowAxis(1, 1.0 / Block, 0));

    /// <inheritdoc/>
    protected override long[] Moved(long[] x) => x[1] % Block == 0 && x[1] / Block % Block == 0 ? [x[0], x[1] / Block / Block, x[2] * Block, x[3] * Block]
        : throw Wrong($"cannot part {x[1]} channels into blocks of {Block} × {Block}.");

    /// <inheritdoc/>
    protected override (long[] Parts, long[] Order) Moves(long[] x) => _depthFirst
        ? ([x[0], Block, Block, x[1] / Block / Block, x[2], x[3]], [0, 3, 4, 1, 5, 2])
        : ([x[0], x[1] / Block / Block, Block, Block, x[2], x[3]], [0, 1, 4, 2, 5, 3]);
}
