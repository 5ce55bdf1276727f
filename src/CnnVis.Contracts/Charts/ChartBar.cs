namespace CnnVis;

/// <summary>A bar from 0, or from the axis' beginning where that is above 0.</summary>
/// <param name="Left">Where it begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Value">How high it is.</param>
/// <param name="Color">Its colour.</param>
public sealed record ChartBar(double Left, double Right, double Value, Rgb Color) : ChartMark(Color);
