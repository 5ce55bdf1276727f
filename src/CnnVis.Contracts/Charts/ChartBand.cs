namespace CnnVis;

/// <summary>What lies between two lines, as a tint.</summary>
/// <param name="Lower">The lower line.</param>
/// <param name="Upper">The upper one, at the same places.</param>
/// <param name="Color">Its colour.</param>
public sealed record ChartBand(IReadOnlyList<(double X, double Y)> Lower, IReadOnlyList<(double X, double Y)> Upper, Rgb Color) : ChartMark(Color);
