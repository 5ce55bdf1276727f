using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>ONNX MaxPool over one or two axes; padding never wins. Output 1 is the place of each largest value, int64.</summary>
public sealed class MaxPool(OperatorAttributes attributes) : Pool(attributes, OperatorTraits.Routes)
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    private protected override Tensor Apply(Tensor x, WindowPlacement windows)
    {
        if (Attributes.Output == 1) return Places(x, windows);
        if (Native(windows)) return F.max_pool2d(x, windows.Kernel, windows.Strides, windows.Before, windows.Dilations, Attributes.Integer("ceil_mode", 0) != 0); // [N, C, H', W']
        using Tensor padded = windows.Pad(x, double.NegativeInfinity);
        if (windows.Kernel.Length == 2) return F.max_pool2d(padded, windows.Kernel, windows.Strides, null, windows.Dilations);
        if (windows.Kernel.Length == 3) return F.max_pool3d(padded, windows.Kernel, windows.Strides, null, windows.Dilations);
        using Tensor row = padded.unsqueeze(2), pooled = F.max_pool2d(row, [1, windows.Kernel[0]], [1, windows.Strides[0]], null, [1, windows.Dilations[0]]);
        return pooled.squeeze(2);
    }

    /// <summary>Where each largest value stands, counted through the whole input; with <c>storage_order</c> = 1 through each map column by column.</summary>
    private Tensor Places(Tensor x, WindowPlacement windows)
    {
        using var scope = NewDisposeScope();
        if (windows.Kernel.Length == 3) throw new CnnVisException(ErrorIds.OperatorNotSupported, "The places of MaxPool's largest values over three axes are not supported.", Type);
        bool row = windows.Kernel.Length == 1;
        long[] Two(long[] values, long other) => row ? [other, values[0]] : values;
        Tensor padded = windows.Pad(x.detach(), double.NegativeInfinity);
        if (row) padded = padded.unsqueeze(2);
        var (_, found) = F.max_pool2d_with_indices(padded, Two(windows.Kernel, 1), Two(windows.Strides, 1), null, Two(windows.Dilations, 1)); // [N, C, H', W'], in the padded map
        Tensor r = found.div(padded.shape[3], RoundingMode.floor) - Two(windows.Before, 0)[0], c = found.remainder(padded.shape[3]) - Two(windows.Before, 0)[1];
        long rows = row ? 1 : x.shape[2], columns = x.shape[^1];
        Tensor inMap = Attributes.Integer("storage_order", 0) == 1 ? c * rows + r : r * columns + c;
        Tensor maps = (KeepsPicturesApart ? arange(x.shape[1], device: x.device).reshape(1, x.shape[1], 1, 1) : arange(x.shape[0] * x.shape[1], device: x.device).reshape(x.shape[0], x.shape[1], 1, 1)) * (rows * columns);
        Tensor places = inMap + maps;
        return (row ? places.squeeze(2) : places).MoveToOuterDisposeScope();
    }
}
