namespace CnnVis.Engine.Images;

/// <summary>Interleaved 8-bit pixels in memory that stays where it is, rows without gaps.</summary>
/// <param name="Start">The first pixel.</param>
/// <param name="Width">Columns.</param>
/// <param name="BytesPerPixel">3 (R, G, B) or 4 (R, G, B, A, multiplied by alpha).</param>
/// <param name="HasAlpha">The fourth byte counts.</param>
internal readonly unsafe record struct PixelRows(nint Start, int Width, int BytesPerPixel, bool HasAlpha)
{
    /// <summary>The first byte of a row from a column on.</summary>
    public byte* At(int row, int column) => (byte*)Start + ((long)row * Width + column) * BytesPerPixel;
}
