namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>Places of an occluder along one side of the picture: from the first pixel on, a stride apart, until the last pixel is covered; the last window is clipped.</summary>
/// <param name="Extent">Pixels of the side.</param>
/// <param name="Window">Pixels that the occluder covers.</param>
/// <param name="Stride">Pixels from one place to the next; at most the window, so that every pixel is covered.</param>
public sealed record OccluderAxis(int Extent, int Window, int Stride)
{
    /// <summary>Places.</summary>
    public int Count => Window >= Extent ? 1 : (Extent - Window + Stride - 1) / Stride + 1;

    /// <summary>First pixel covered at a place.</summary>
    public int Start(int place) => place * Stride;

    /// <summary>The pixel behind the last one covered at a place.</summary>
    public int End(int place) => Math.Min(Extent, place * Stride + Window);

    /// <summary>Window and stride in pixels, from what was asked for.</summary>
    /// <param name="extent">Pixels of the side.</param>
    /// <param name="window">Pixels, or below 1 the fraction of the side.</param>
    /// <param name="stride">Pixels, or below 1 the fraction of the side; null for a quarter of the window.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a length makes no sense, or the stride would leave pixels out.</exception>
    public static OccluderAxis Of(int extent, double window, double? stride)
    {
        int length = Pixels(window, "window"), step = stride is { } asked ? Pixels(asked, "stride") : Math.Max(1, length / 4);
        if (step > length)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"A stride of {step} pixels would leave out pixels between windows of {length}: give a stride of at most {length}.", stride);
        return new OccluderAxis(extent, length, step);

        int Pixels(double value, string what) => value switch
        {
            > 0 and < 1 => Math.Max(1, (int)Math.Round(value * extent)),
            >= 1 and <= int.MaxValue when value == Math.Floor(value) => (int)value,
            _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"A {what} of {value} is neither a whole number of pixels nor a fraction of the input's side: give something like 16, or 0.25.", value),
        };
    }
}
