namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX InstanceNormalization (Ulyanov et al. 2016): scale · (x − mean) / √(variance + epsilon) + bias, each map by its own statistics.</summary>
public sealed class InstanceNormalization(OperatorAttributes attributes) : Normalization(attributes)
{
    /// <inheritdoc/>
    protected override long Groups(long channels) => channels;
}
