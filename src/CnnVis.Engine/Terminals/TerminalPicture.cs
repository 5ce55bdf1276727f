using CnnVis.Engine.Images;

namespace CnnVis.Engine.Terminals;

/// <summary>Pictures as characters that a terminal shows as pictures.</summary>
public static class TerminalPicture
{
    /// <summary>A picture in at most so many columns and rows: as it is where it fits, or smaller in its own shape.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="traits">What the terminal can do.</param>
    /// <param name="columns">Columns that it may take, at least 1.</param>
    /// <param name="rows">Rows that it may take, at least 1.</param>
    /// <returns>The characters, which leave the cursor at the beginning of the row below.</returns>
    public static string Of(PixelImage picture, TerminalTraits traits, int columns, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (traits.Protocol is TerminalProtocol.Blocks or TerminalProtocol.Auto) return HalfBlocks.Of(Fitted(picture, columns, 2 * rows), traits.HasFullColor);
        PixelImage fitted = Fitted(picture, columns * traits.CellWidth, rows * traits.CellHeight);
        int across = (fitted.Width + traits.CellWidth - 1) / traits.CellWidth, down = (fitted.Height + traits.CellHeight - 1) / traits.CellHeight;
        return traits.Protocol switch
        {
            TerminalProtocol.Kitty => KittyGraphics.Of(fitted),
            TerminalProtocol.ITerm2 => ITermImage.Of(fitted, across, down),
            _ => Sixel.Of(fitted),
        };
    }

    /// <summary>The picture, no larger than that.</summary>
    private static PixelImage Fitted(PixelImage picture, int width, int height)
    {
        double scale = Math.Min((double)width / picture.Width, (double)height / picture.Height);
        if (scale >= 1) return picture;
        var input = new CnnInput(3, Math.Max(1, (int)(picture.Height * scale)), Math.Max(1, (int)(picture.Width * scale)), ResizeMode.Stretch, 1);
        float[] values = new float[input.Length];
        Preprocessor.Prepare(picture, input, values); // [3, H, W] in [0, 1]
        int plane = input.Width * input.Height;
        byte[] pixels = new byte[3 * plane];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(values[i % 3 * plane + i / 3] * 255 + 0.5f);
        return new PixelImage(input.Width, input.Height, pixels);
    }
}
