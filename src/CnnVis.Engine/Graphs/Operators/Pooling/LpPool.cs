using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX LpPool over one or two axes: (Σ |x|ᵖ)^(1/p) of each window.</summary>
public sealed class LpPool(OperatorAttributes attributes) : Pool(attributes)
{
    private readonly long _p = attributes.Positive("p", 2);

    private protected override Tensor Apply(Tensor x, WindowPlacement windows)
    {
        using Tensor padded = windows.Pad(x, 0);
        return linalg.vector_norm(windows.Windows(padded), _p, windows.WindowAxes); // [N, C, H', W']
    }
}
