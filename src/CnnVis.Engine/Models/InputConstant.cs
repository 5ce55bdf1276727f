namespace CnnVis.Engine.Models;

/// <summary>A fixed value for an input of a network that is no picture.</summary>
/// <param name="Name">The input.</param>
/// <param name="Shape">Shape of the values; null for as many numbers as the input has, or one that fills it.</param>
/// <param name="Values">The numbers, row by row.</param>
public sealed record InputConstant(string Name, IReadOnlyList<long>? Shape, IReadOnlyList<double> Values);
