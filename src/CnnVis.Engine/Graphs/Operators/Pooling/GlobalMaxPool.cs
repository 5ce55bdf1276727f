using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX GlobalMaxPool: the largest value of each map.</summary>
public sealed class GlobalMaxPool(OperatorAttributes attributes) : GlobalPool(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, long[] axes) => x.amax(axes, keepdim: true);
}
