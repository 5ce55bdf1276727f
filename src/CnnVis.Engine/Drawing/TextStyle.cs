namespace CnnVis.Engine.Drawing;

/// <summary>How a line of text looks.</summary>
/// <param name="Size">Type size in pixels.</param>
/// <param name="Ink">What it says, which decides its colour.</param>
public sealed record TextStyle(int Size, Ink Ink)
{
    /// <summary>The sheet's title.</summary>
    public static TextStyle Title { get; } = new(19, Ink.Title);

    /// <summary>The line below it, and what a colour bar measures.</summary>
    public static TextStyle Subtitle { get; } = new(13, Ink.Subtitle);

    /// <summary>Under a cell, and along a colour bar.</summary>
    public static TextStyle Caption { get; } = new(11, Ink.Caption);

    /// <summary>On a picture.</summary>
    public static TextStyle Mark { get; } = new(11, Ink.Mark);

    /// <summary>Small print.</summary>
    public static TextStyle Note { get; } = new(11, Ink.Note);

    /// <summary>A colour of its own, meant for a white page; null for the ink's.</summary>
    public Rgb? Color { get; init; }

    /// <summary>Height of a line, in pixels: room for the tallest letters, descenders and accents.</summary>
    public int LineHeight => (Size * 13 + 9) / 10;

    /// <summary>Where the letters stand, in pixels below the top of the line.</summary>
    public int Baseline => Size;

    /// <summary>Its colour on a page.</summary>
    internal Rgb On(PageColors page) => Color is { } own ? page.Shown(own, PageColors.TextContrast) : Ink switch
    {
        Ink.Title => page.Title,
        Ink.Subtitle => page.Subtitle,
        Ink.Caption => page.Caption,
        Ink.Note => page.Note,
        _ => Rgb.White,
    };
}
