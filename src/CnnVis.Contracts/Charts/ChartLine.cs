namespace CnnVis;

/// <summary>A line through points.</summary>
/// <param name="Points">Where it goes.</param>
/// <param name="Color">Its colour.</param>
/// <param name="HasDots">Whether each point is a dot.</param>
/// <param name="IsDashed">Whether it is a reference rather than data.</param>
public sealed record ChartLine(IReadOnlyList<(double X, double Y)> Points, Rgb Color, bool HasDots = true, bool IsDashed = false) : ChartMark(Color);
