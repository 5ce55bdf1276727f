namespace CnnVis;

/// <summary>The picture that a network takes: float in [0, 1], [channels, height, width].</summary>
/// <param name="Channels">1 for grey, 2 for grey and opacity, 3 for RGB, 4 for RGB and opacity; of networks with more, pictures are NumPy arrays.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="ResizeMode">How a photo is brought to that size.</param>
/// <param name="ResizeTo">For <see cref="ResizeMode.Crop"/>: length of the shorter side before the centre is cut out.</param>
public sealed record CnnInput(int Channels, int Height, int Width, ResizeMode ResizeMode, int ResizeTo)
{
    /// <summary>What a NumPy array of numbers with a fraction holds for 0, the darkest.</summary>
    public float Low { get; init; }

    /// <summary>What a NumPy array of numbers with a fraction holds for 1, the brightest.</summary>
    public float High { get; init; } = 1;

    /// <summary>Values of one picture: channels × height × width.</summary>
    public int Length => Channels * Height * Width;
}
