using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX MeanVarianceNormalization: (x − mean) / (deviation + 1e−9), by the statistics over the axes [0, 2, 3] or those stated.</summary>
public sealed class MeanVarianceNormalization(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Normalizes)
{
    /// <summary>The axes where none are stated.</summary>
    internal static readonly long[] Usual = [0, 2, 3];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        long[] axes = [.. Normalised(x.shape.Length).Select(a => (long)a)];
        Tensor centred = x - x.mean(axes, true), deviation = (centred * centred).mean(axes, true).sqrt();
        return (centred / (deviation + 1e-9)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        Normalised(x.Length);
        return [.. x];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), Normalised(Required(inputs, 0).Shape.Length));

    /// <summary>The axes that the statistics are over, in rising order.</summary>
    internal int[] Normalised(int rank) => Extents.Axes(Attributes.Integers("axes") ?? Usual, rank, Type);
}
