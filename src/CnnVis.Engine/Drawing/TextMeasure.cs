namespace CnnVis.Engine.Drawing;

/// <summary>Width of a line of text in pixels.</summary>
public delegate double TextMeasure(string text, TextStyle style);
