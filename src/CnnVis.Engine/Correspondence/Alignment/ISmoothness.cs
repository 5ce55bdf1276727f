namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>What a difference between neighbours' displacements costs: a sum over both axes.</summary>
public interface ISmoothness
{
    /// <summary>The cost of a difference along one axis.</summary>
    double Cost(int difference);

    /// <summary>The distance transform along one axis: result[j] = minᵢ costs[i] + Cost(shift + j − i), in linear time.</summary>
    /// <param name="costs">By displacement of one unit; infinite where there is none.</param>
    /// <param name="shift">The first displacement of the other unit less the first of this.</param>
    /// <param name="result">By displacement of the other unit.</param>
    void Transform(ReadOnlySpan<float> costs, int shift, Span<float> result);
}
