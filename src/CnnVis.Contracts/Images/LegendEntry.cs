namespace CnnVis;

/// <summary>What a colour of a sheet stands for.</summary>
/// <param name="Color">The colour.</param>
/// <param name="Label">In words.</param>
public sealed record LegendEntry(Rgb Color, string Label);
