namespace CnnVis;

/// <summary>
/// Whatever can be seen. A visual says what is on its sheet; the engine's renderer sets the labels and the scale and makes the
/// <see cref="PixelImage"/>, so that every picture of the module looks like one family.
/// </summary>
public interface IVisual
{
    /// <summary>Describes the picture under the given options.</summary>
    Sheet Draw(DrawOptions options);
}
