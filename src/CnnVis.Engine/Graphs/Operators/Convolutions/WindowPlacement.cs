using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>Where the windows of a <see cref="WindowGeometry"/> lie over one input; lists are by axis.</summary>
/// <param name="Extents">Of the input.</param>
/// <param name="Kernel">Positions of the window that count.</param>
/// <param name="Strides">Between neighbouring windows.</param>
/// <param name="Dilations">Between neighbouring positions of a window.</param>
/// <param name="Before">Padding before the input.</param>
/// <param name="After">Padding after the input, as the network states it.</param>
/// <param name="Outputs">Windows that there are.</param>
internal sealed record WindowPlacement(long[] Extents, long[] Kernel, long[] Strides, long[] Dilations, long[] Before, long[] After, long[] Outputs)
{
    /// <summary>The most positions of a padded map; 8192 × 8192 pictures have a quarter of it.</summary>
    public const double MostPositions = 1 << 28;

    /// <summary>Whether both sides are padded alike, which is all that libtorch's own operators can do.</summary>
    public bool Symmetric => Before.AsSpan().SequenceEqual(After);

    /// <summary>Input positions from the first to the last of a window.</summary>
    public long Span(int axis) => Dilations[axis] * (Kernel[axis] - 1) + 1;

    /// <summary>The input with exactly the positions that the windows need: padded, or cut where none reaches.</summary>
    public Tensor Pad(Tensor input, double value) => Padded.Constant(input, Before, Needed(), value);

    /// <summary>All windows of a padded input: [N, C, outputs …, kernel …], a view.</summary>
    public Tensor Windows(Tensor padded)
    {
        Tensor windows = padded.alias();
        int axes = Kernel.Length;
        for (int i = 0; i < axes; i++) windows = windows.unfold(2 + i, Span(i), Strides[i]);
        for (int i = 0; i < axes; i++) windows = windows.slice(2 + axes + i, 0, Span(i), Dilations[i]);
        return windows;
    }

    /// <summary>The axes of <see cref="Windows"/> that lie inside a window.</summary>
    public long[] WindowAxes => [.. Enumerable.Range(-Kernel.Length, Kernel.Length).Select(i => (long)i)];

    /// <summary>The same for receptive fields; one-axis inputs have columns only.</summary>
    public SpatialWindow Window()
    {
        WindowAxis Axis(int i) => new(Span(i), Strides[i], Before[i]);
        return Kernel.Length == 1 ? new SpatialWindow(WindowAxis.Pointwise, Axis(0)) : new SpatialWindow(Axis(Kernel.Length - 2), Axis(Kernel.Length - 1));
    }

    /// <summary>Positions behind the input up to the end of the last window; negative where it ends before.</summary>
    private long[] Needed() => [.. Outputs.Select((count, i) => (count - 1) * Strides[i] + Span(i) - Extents[i] - Before[i])];
}
