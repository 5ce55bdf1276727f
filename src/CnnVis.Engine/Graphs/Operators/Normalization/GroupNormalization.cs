namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX GroupNormalization (opset 21; Wu and He 2018): scale · (x − mean) / √(variance + epsilon) + bias, each group of channels by its own statistics.</summary>
public sealed class GroupNormalization(OperatorAttributes attributes) : Normalization(attributes)
{
    private readonly long _groups = attributes.Positive("num_groups", 0);

    /// <inheritdoc/>
    protected override long Groups(long channels) => _groups;
}
