using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>
/// A strided convolution of a picture as one of stride 1 over blocks: each block of stride × stride positions becomes one position with that many times as many channels. Values are the same but for
/// the order of sums; the derivative at the picture takes a half to a third of the time, because libtorch computes that with a vector over channels, of which a picture has three.
/// </summary>
internal static class FoldedConvolution
{
    /// <summary>More channels fill a vector by themselves.</summary>
    private const int MostChannels = 4;

    /// <summary>Whether it pays: the derivative is wanted, channels are few, and windows are so much larger than blocks that little of them is added as zeros.</summary>
    public static bool Pays(Tensor x, WindowPlacement windows) => x.requires_grad && is_grad_enabled() && x.shape[1] <= MostChannels && windows.Kernel.Length == 2
        && Enumerable.Range(0, 2).All(i => windows.Strides[i] > 1 && windows.Dilations[i] == 1 && windows.Kernel[i] > 2 * windows.Strides[i]);

    /// <summary>The convolution, without groups: [N, M, H', W'].</summary>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, WindowPlacement windows)
    {
        using var scope = NewDisposeScope();
        long[] strides = windows.Strides, kernel = [.. windows.Kernel.Zip(strides, (k, s) => (k + s - 1) / s * s)];
        Tensor padded = (windows with { Kernel = kernel }).Pad(x, 0), wide = F.pad(weight, [0, kernel[1] - windows.Kernel[1], 0, kernel[0] - windows.Kernel[0]]);
        return F.conv2d(Fold(padded, strides), Fold(wide, strides), bias).MoveToOuterDisposeScope();
    }

    /// <summary>[N, C, H, W] as [N, C · blocks' positions, H / stride, W / stride], channels last.</summary>
    private static Tensor Fold(Tensor x, long[] strides)
    {
        long count = x.shape[0], channels = x.shape[1], rows = x.shape[2] / strides[0], columns = x.shape[3] / strides[1];
        Tensor blocks = x.reshape(count, channels, rows, strides[0], columns, strides[1]).permute(0, 2, 4, 1, 3, 5);
        return blocks.reshape(count, rows, columns, channels * strides[0] * strides[1]).permute(0, 3, 1, 2);
    }
}
