using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX MaxPool over one or two axes; padding never wins.</summary>
public sealed class MaxPool(OperatorAttributes attributes) : Pool(attributes, OperatorTraits.Routes)
{
    private protected override Tensor Apply(Tensor x, WindowPlacement windows)
    {
        if (Native(windows)) return F.max_pool2d(x, windows.Kernel, windows.Strides, windows.Before, windows.Dilations, Attributes.Integer("ceil_mode", 0) != 0); // [N, C, H', W']
        using Tensor padded = windows.Pad(x, double.NegativeInfinity);
        if (windows.Kernel.Length == 2) return F.max_pool2d(padded, windows.Kernel, windows.Strides, null, windows.Dilations);
        using Tensor row = padded.unsqueeze(2), pooled = F.max_pool2d(row, [1, windows.Kernel[0]], [1, windows.Strides[0]], null, [1, windows.Dilations[0]]);
        return pooled.squeeze(2);
    }
}
