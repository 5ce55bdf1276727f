using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

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

    /// <summary>How pixels are interpolated when a photo is resized.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Interpolation Interpolation { get; init; }

    /// <summary>Values of one picture: channels × height × width.</summary>
    public int Length => Channels * Height * Width;

    // Hashes of networks are of this text: of what is usual it says nothing.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Channels = {Channels}, Height = {Height}, Width = {Width}, ResizeMode = {ResizeMode}, ResizeTo = {ResizeTo}, Low = {Low}, High = {High}, ");
        if (Interpolation != Interpolation.Bilinear) text.Append(CultureInfo.InvariantCulture, $"Interpolation = {Interpolation}, ");
        text.Append(CultureInfo.InvariantCulture, $"Length = {Length}");
        return true;
    }
}
