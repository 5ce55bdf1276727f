using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>What is known of a node's input before anything runs.</summary>
/// <param name="Shape">Dimensions, with the batch.</param>
/// <param name="Constant">The value where it is a parameter; null where it is computed.</param>
public readonly record struct Operand(long[] Shape, Tensor? Constant);
