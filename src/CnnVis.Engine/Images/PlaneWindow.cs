namespace CnnVis.Engine.Images;

/// <summary>Where resampled pixels go in [C, H, W].</summary>
/// <param name="Channels">1 for grey, 2 for grey and opacity, 3 for R, G, B, 4 for R, G, B and opacity.</param>
/// <param name="Plane">Values of a channel.</param>
/// <param name="Start">The place of the first pixel in a channel.</param>
/// <param name="Column">How far the next column is.</param>
/// <param name="Row">How far the next row is.</param>
internal readonly record struct PlaneWindow(int Channels, int Plane, int Start, int Column, int Row)
{
    /// <summary>The last channel is the opacity.</summary>
    public bool HasOpacity => Channels is 2 or 4;
}
