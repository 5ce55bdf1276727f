using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX GlobalLpPool: (Σ |x|ᵖ)^(1/p) of each map.</summary>
public sealed class GlobalLpPool(OperatorAttributes attributes) : GlobalPool(attributes)
{
    private readonly long _p = attributes.Positive("p", 2);

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, long[] axes) => linalg.vector_norm(x, _p, axes, keepdim: true);
}
