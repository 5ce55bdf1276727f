using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>
/// An untrained network's numbers. Weights are normal with variance 2 / inputs (He et al. 2015, equation 10), so that a signal keeps its size through
/// ReLUs at any depth and grouping; torchvision scales some families by the number of outputs instead. Biases are 0, normalisations do nothing,
/// layer scales are 1e-6 as in ConvNeXt. The same seed gives the same numbers.
/// </summary>
/// <param name="seed">Start of the random numbers.</param>
public sealed class RandomParameters(long seed) : IParameterSource
{
    private readonly Generator _random = new((ulong)seed);

    /// <inheritdoc/>
    public Tensor Get(ParameterSpecification parameter)
    {
        long[] shape = [.. parameter.Shape];
        return parameter.Role switch
        {
            ParameterRole.Weight => randn(shape, generator: _random).mul_(Math.Sqrt(2.0 * shape[0] / parameter.Count)),
            ParameterRole.NormWeight or ParameterRole.RunningVariance => ones(shape),
            ParameterRole.LayerScale => full(shape, 1e-6f),
            _ => zeros(shape),
        };
    }
}
