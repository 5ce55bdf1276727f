namespace CnnVis;

/// <summary>An interval, upright.</summary>
/// <param name="X">Where.</param>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Color">Its colour.</param>
public sealed record ChartWhisker(double X, double Low, double High, Rgb Color) : ChartMark(Color);
