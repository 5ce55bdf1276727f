namespace CnnVis;

/// <summary>Cells of colour over the whole chart, from its upper left corner.</summary>
/// <param name="Image">A pixel a cell.</param>
public sealed record ChartRaster(PixelImage Image) : ChartMark(Rgb.White);
