namespace CnnVis.Engine.Mapping.Assignment;

/// <summary>Which cell of a grid each point got.</summary>
/// <param name="Cells">For each point, in the order of the input, its cell: row · columns + column. No two are the same.</param>
/// <param name="Cost">Sum of the squared distances from the points to the centres of their cells, in cells.</param>
/// <param name="LowerBound">No assignment costs less: the value of the dual problem. For the optimum it is the cost itself, but for rounding.</param>
/// <param name="IsOptimal">It was solved exactly.</param>
public sealed record CellAssignment(int[] Cells, double Cost, double LowerBound, bool IsOptimal)
{
    /// <summary>At most this part of the optimal cost was lost; 0 for the optimum.</summary>
    public double LargestLoss => IsOptimal || Cost <= LowerBound ? 0 : LowerBound > 0 ? Cost / LowerBound - 1 : double.PositiveInfinity;
}
