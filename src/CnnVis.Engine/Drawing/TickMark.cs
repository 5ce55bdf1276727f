namespace CnnVis.Engine.Drawing;

/// <summary>A labelled value on a scale.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">The value as text.</param>
/// <param name="IsEnd">Whether it is an end of the scale.</param>
public readonly record struct TickMark(double Value, string Label, bool IsEnd = false);
