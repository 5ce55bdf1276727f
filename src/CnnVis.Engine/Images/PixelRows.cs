namespace CnnVis.Engine.Images;

/// <summary>Interleaved pixels in memory that stays where it is, of 8 bits or float in [0, 1], rows without gaps.</summary>
/// <param name="Start">The first pixel.</param>
/// <param name="Width">Columns.</param>
/// <param name="Components">Values a pixel: 3 (R, G, B) or 4 (R, G, B, A, multiplied by alpha).</param>
/// <param name="HasAlpha">The fourth value counts.</param>
/// <param name="IsFloat">Values are float, not bytes.</param>
internal readonly unsafe record struct PixelRows(nint Start, int Width, int Components, bool HasAlpha, bool IsFloat = false)
{
    /// <summary>The first value of a row from a column on.</summary>
    public byte* At(int row, int column) => (byte*)Start + ((long)row * Width + column) * Components * (IsFloat ? sizeof(float) : 1);
}
