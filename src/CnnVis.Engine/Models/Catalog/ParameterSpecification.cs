namespace CnnVis.Engine.Models.Catalog;

/// <summary>A parameter that an architecture needs, before there is one.</summary>
/// <param name="Name">torchvision's key in a state dict.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Values">The numbers of a constant, <see cref="long"/> or <see cref="float"/>; null for the rest.</param>
public sealed record ParameterSpecification(string Name, IReadOnlyList<long> Shape, ParameterRole Role, Array? Values = null)
{
    /// <summary>Its dimensions in our graph, where they differ: as many numbers in the same order.</summary>
    public IReadOnlyList<long> GraphShape { get; init; } = Shape;

    /// <summary>How many numbers.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Whether training changes it by gradient.</summary>
    public bool IsTrained => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance or ParameterRole.Constant);
}
