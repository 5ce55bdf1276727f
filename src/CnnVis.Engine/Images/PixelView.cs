namespace CnnVis.Engine.Images;

/// <summary>
/// What of a photo a network sees: the photo is resized, and the network's input is a window on it. Places are continuous, with (0, 0) the
/// upper left corner of the upper left pixel.
/// </summary>
/// <param name="PhotoWidth">Columns of the upright photo.</param>
/// <param name="PhotoHeight">Rows of the upright photo.</param>
/// <param name="ResizedWidth">Columns after resizing.</param>
/// <param name="ResizedHeight">Rows after resizing.</param>
/// <param name="Left">Column of the resized photo where the input begins; negative where a border lies before it.</param>
/// <param name="Top">Row of the resized photo where the input begins; negative where a border lies above it.</param>
public readonly record struct PixelView(int PhotoWidth, int PhotoHeight, int ResizedWidth, int ResizedHeight, int Left, int Top)
{
    /// <summary>Columns of the photo in a column of the input.</summary>
    public double ScaleX => (double)PhotoWidth / ResizedWidth;

    /// <summary>Rows of the photo in a row of the input.</summary>
    public double ScaleY => (double)PhotoHeight / ResizedHeight;

    /// <summary>The place in the photo of a place in the input.</summary>
    public (double X, double Y) ToPhoto(double x, double y) => ((x + Left) * ScaleX, (y + Top) * ScaleY);

    /// <summary>The place in the input of a place in the photo.</summary>
    public (double X, double Y) ToInput(double x, double y) => (x / ScaleX - Left, y / ScaleY - Top);

    /// <summary>The pixels of the photo that a box of the input touches; what lies in a border has none.</summary>
    public PixelBox BoxOnPhoto(PixelBox box)
    {
        var (left, top) = ToPhoto(box.X, box.Y);
        var (right, bottom) = ToPhoto(box.X + box.Width, box.Y + box.Height);
        int x = Math.Clamp((int)Math.Round(left), 0, PhotoWidth), y = Math.Clamp((int)Math.Round(top), 0, PhotoHeight);
        return new PixelBox(x, y, Math.Clamp((int)Math.Round(right), x, PhotoWidth) - x, Math.Clamp((int)Math.Round(bottom), y, PhotoHeight) - y);
    }
}
