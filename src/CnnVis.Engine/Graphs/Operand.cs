using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>What is known of a node's input before anything runs.</summary>
/// <param name="Shape">Dimensions, with the batch.</param>
/// <param name="Constant">The value where it is known: a parameter, or shape arithmetic for a batch of one; null otherwise.</param>
/// <param name="Axes">Its rows and columns, where it has them; known to the walk over receptive fields only.</param>
public readonly record struct Operand(long[] Shape, Tensor? Constant, SpatialAxes? Axes = null)
{
    /// <summary>Its rows and columns: those known, or the usual ones of four dimensions.</summary>
    public SpatialAxes? Map => Axes ?? (Shape.Length == 4 ? new SpatialAxes(2, 3) : null);
}
