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
    /// <summary>libtorch draws sixteen normal numbers at a time; parts of whole sixteens are drawn as all of them at once would be.</summary>
    private const long Part = 1 << 22, Together = 16;

    private readonly Generator _random = new((ulong)seed);

    /// <inheritdoc/>
    public Tensor Get(ParameterSpecification parameter, CancellationToken cancellation)
    {
        long[] shape = [.. parameter.Shape];
        return parameter.Role switch
        {
            ParameterRole.Weight => Normal(shape, cancellation).mul_(Math.Sqrt(2.0 * shape[0] / parameter.Count)),
            ParameterRole.NormWeight or ParameterRole.RunningVariance => ones(shape),
            ParameterRole.LayerScale => full(shape, 1e-6f),
            _ => zeros(shape),
        };
    }

    /// <summary>Normal numbers, drawn in parts: 100 million take a second.</summary>
    private Tensor Normal(long[] shape, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        Tensor all = empty(shape), flat = all.flatten();
        long count = flat.shape[0];
        for (long first = 0, length; first < count; first += length)
        {
            cancellation.ThrowIfCancellationRequested();
            length = count - first < Part + Together ? count - first : Part;
            flat.narrow(0, first, length).normal_(generator: _random);
        }
        return all.MoveToOuterDisposeScope();
    }
}
