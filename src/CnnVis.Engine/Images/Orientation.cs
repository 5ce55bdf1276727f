namespace CnnVis.Engine.Images;

/// <summary>How stored rows and columns lie in the upright photo.</summary>
/// <param name="Exif">The value of the EXIF tag Orientation, 1 (upright) to 8.</param>
public readonly record struct Orientation(int Exif)
{
    /// <summary>Stored rows are the photo's columns.</summary>
    public bool Transposes => Exif >= 5;

    /// <summary>Stored columns run against the direction of the photo.</summary>
    public bool FlipsColumns => Exif is 2 or 3 or 7 or 8;

    /// <summary>Stored rows run against the direction of the photo.</summary>
    public bool FlipsRows => Exif is 3 or 4 or 6 or 7;

    /// <summary>Width and height as stored from those upright, and the other way round.</summary>
    internal (int Width, int Height) Turn(int width, int height) => Transposes ? (height, width) : (width, height);
}
