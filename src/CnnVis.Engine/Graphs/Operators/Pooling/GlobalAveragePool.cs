using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX GlobalAveragePool: the mean of each map.</summary>
public sealed class GlobalAveragePool(OperatorAttributes attributes) : GlobalPool(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, long[] axes) => x.mean(axes, keepdim: true);
}
