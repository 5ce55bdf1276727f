namespace CnnVis.Engine.Images;

/// <summary>What a picture file says of itself.</summary>
/// <param name="Width">Columns of the upright photo.</param>
/// <param name="Height">Rows of the upright photo.</param>
/// <param name="Format">Jpeg, Png, Webp, Gif, Bmp, Tiff, Pbm, Pgm, Ppm, Tga or Npy.</param>
/// <param name="Orientation">How the stored pixels lie in the upright photo.</param>
public sealed record ImageHeader(int Width, int Height, string Format, Orientation Orientation);
