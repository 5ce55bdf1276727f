using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX AveragePool over one or two axes: the mean of what a window holds of the input, or of the padded input (count_include_pad).</summary>
public sealed class AveragePool(OperatorAttributes attributes) : Pool(attributes)
{
    private readonly bool _countPadding = attributes.Integer("count_include_pad", 0) != 0;

    private protected override Tensor Apply(Tensor x, WindowPlacement windows)
    {
        if (Native(windows) && windows.Dilations.All(d => d == 1))
            return F.avg_pool2d(x, windows.Kernel, windows.Strides, windows.Before, Attributes.Integer("ceil_mode", 0) != 0, _countPadding); // [N, C, H', W']

        using Tensor padded = windows.Pad(x, 0), sum = windows.Windows(padded).sum(windows.WindowAxes);
        // What counts in a window: positions inside the input, or inside the padding that the network states; never those that ceil_mode adds.
        using Tensor inside = ones([1, 1, .. windows.Extents], x.dtype, x.device);
        using Tensor counted = _countPadding ? Padded.Constant(inside, windows.Before, windows.After, 1) : inside.alias();
        using Tensor all = _countPadding ? (windows with { Extents = [.. counted.shape[2..]], Before = new long[windows.Before.Length] }).Pad(counted, 0) : windows.Pad(counted, 0);
        using Tensor count = windows.Windows(all).sum(windows.WindowAxes); // [1, 1, H', W']
        return sum / count;
    }
}
