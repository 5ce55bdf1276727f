using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>ONNX Erf: the error function 2/√π · ∫₀ˣ exp(−t²) dt, the heart of the exact Gelu.</summary>
public sealed class Erf(OperatorAttributes attributes) : Pointwise(attributes)
{
    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace) => inPlace ? x.erf_() : x.erf();
}
