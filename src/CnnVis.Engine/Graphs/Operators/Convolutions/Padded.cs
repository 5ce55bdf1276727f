using TorchSharp;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>Padding that libtorch's own operators cannot do themselves.</summary>
internal static class Padded
{
    /// <summary>Pads the trailing axes with a constant.</summary>
    public static Tensor Constant(Tensor input, long[] before, long[] after, double value)
    {
        // libtorch counts from the last axis: left, right, top, bottom.
        long[] pads = new long[before.Length * 2];
        for (int i = 0; i < before.Length; i++) (pads[2 * i], pads[2 * i + 1]) = (before[^(i + 1)], after[^(i + 1)]);
        return nn.functional.pad(input, pads, PaddingModes.Constant, value);
    }
}
