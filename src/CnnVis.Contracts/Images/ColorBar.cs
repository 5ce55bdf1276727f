namespace CnnVis;

/// <summary>The scale of a sheet's colours.</summary>
/// <param name="Map">Colours, low to high.</param>
/// <param name="Low">Value of the first colour.</param>
/// <param name="High">Value of the last colour.</param>
/// <param name="Label">What is measured, with its unit.</param>
public sealed record ColorBar(ColorMap Map, double Low, double High, string Label);
