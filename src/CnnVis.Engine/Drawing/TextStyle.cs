namespace CnnVis.Engine.Drawing;

/// <summary>How a line of text looks.</summary>
/// <param name="Size">Type size in pixels.</param>
/// <param name="Color">Its colour.</param>
public sealed record TextStyle(int Size, Rgb Color)
{
    /// <summary>The sheet's title.</summary>
    public static TextStyle Title { get; } = new(19, new Rgb(0x1a, 0x1a, 0x1a));

    /// <summary>The line below it, and what a colour bar measures.</summary>
    public static TextStyle Subtitle { get; } = new(13, new Rgb(0x4a, 0x4a, 0x4a));

    /// <summary>Under a cell, and along a colour bar.</summary>
    public static TextStyle Caption { get; } = new(11, new Rgb(0x33, 0x33, 0x33));

    /// <summary>On a picture.</summary>
    public static TextStyle Mark { get; } = new(11, Rgb.White);

    /// <summary>Small print.</summary>
    public static TextStyle Note { get; } = new(11, new Rgb(0x66, 0x66, 0x66));

    /// <summary>Height of a line, in pixels: room for the tallest letters, descenders and accents.</summary>
    public int LineHeight => (Size * 13 + 9) / 10;

    /// <summary>Where the letters stand, in pixels below the top of the line.</summary>
    public int Baseline => Size;
}
