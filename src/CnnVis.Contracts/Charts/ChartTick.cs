namespace CnnVis;

/// <summary>A labelled place of an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What stands there.</param>
public readonly record struct ChartTick(double Value, string Label);
