namespace CnnVis;

/// <summary>A word beside a mark, from a place on.</summary>
/// <param name="X">Where it begins.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Text">What it says.</param>
/// <param name="Color">Its colour.</param>
public sealed record ChartText(double X, double Y, string Text, Rgb Color) : ChartMark(Color);
