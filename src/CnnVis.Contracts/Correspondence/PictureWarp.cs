namespace CnnVis;

/// <summary>Moves pictures by displacement fields.</summary>
public static class PictureWarp
{
    private const byte Outside = 160;

    /// <summary>A picture seen through a field: the pixel at p takes what the picture has at p + displacement(p), bilinearly; grey where that is outside.</summary>
    /// <param name="picture">The picture that is moved.</param>
    /// <param name="field">Displacements, in input pixels.</param>
    /// <param name="scaleX">Columns of the picture in an input pixel.</param>
    /// <param name="scaleY">Rows of the picture in an input pixel.</param>
    public static PixelImage Pull(PixelImage picture, DisplacementField field, double scaleX, double scaleY)
    {
        byte[] pixels = new byte[picture.Pixels.Length];
        ReadOnlySpan<byte> from = picture.Pixels;
        int width = picture.Width, height = picture.Height;
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 3)
            {
                var (dx, dy) = field.At((x + 0.5) / scaleX, (y + 0.5) / scaleY);
                double column = x + dx * scaleX, row = y + dy * scaleY; // of the pixels' middles
                if (column < -0.5 || row < -0.5 || column > width - 0.5 || row > height - 0.5)
                {
                    pixels.AsSpan(at, 3).Fill(Outside);
                    continue;
                }
                column = Math.Clamp(column, 0, width - 1);
                row = Math.Clamp(row, 0, height - 1);
                int left = (int)column, top = (int)row, right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
                for (int c = 0; c < 3; c++)
                {
                    double upper = double.Lerp(from[(top * width + left) * 3 + c], from[(top * width + right) * 3 + c], column - left);
                    double lower = double.Lerp(from[(bottom * width + left) * 3 + c], from[(bottom * width + right) * 3 + c], column - left);
                    pixels[at + c] = (byte)(double.Lerp(upper, lower, row - top) + 0.5);
                }
            }
        }
        return new PixelImage(width, height, pixels);
    }
}
