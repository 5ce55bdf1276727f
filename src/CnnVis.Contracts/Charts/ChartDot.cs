namespace CnnVis;

/// <summary>A point.</summary>
/// <param name="X">Where, across.</param>
/// <param name="Y">Where, up.</param>
/// <param name="Color">Its colour.</param>
/// <param name="IsOpen">A ring instead of a disc.</param>
public sealed record ChartDot(double X, double Y, Rgb Color, bool IsOpen = false) : ChartMark(Color);
