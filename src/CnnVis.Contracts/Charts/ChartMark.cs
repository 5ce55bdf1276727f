namespace CnnVis;

/// <summary>A shape of a chart.</summary>
/// <param name="Color">Its colour.</param>
public abstract record ChartMark(Rgb Color);
