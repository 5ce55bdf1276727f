namespace CnnVis.Engine.Activations;

/// <summary>What was added up of one layer's filters, as data.</summary>
/// <param name="Layer">Alias of the layer.</param>
/// <param name="HasRelu">Whether the values come before a ReLU.</param>
/// <param name="Images">Images seen.</param>
/// <param name="Positions">Values of a filter seen.</param>
/// <param name="Firing">By filter: images with any activation.</param>
/// <param name="Off">By filter: positions that are off.</param>
/// <param name="Maximum">By filter: the largest value.</param>
/// <param name="Sum">By filter: the exact sum of all values.</param>
/// <param name="Squares">By filter: the exact sum of their squares.</param>
public sealed record ActivationSums(string Layer, bool HasRelu, long Images, long Positions, long[] Firing, double[] Off, double[] Maximum, double[][] Sum, double[][] Squares);
