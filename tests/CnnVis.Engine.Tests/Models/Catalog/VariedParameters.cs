using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>
/// Random parameters none of which does nothing: normalisations shift and scale, biases are not 0, layer scales count. Branches are weak enough that a deep network
/// keeps its numbers small. Large matrices repeat one block of random numbers, which is fast.
/// </summary>
internal sealed class VariedParameters : IParameterSource, IDisposable
{
    private readonly Generator _random;
    private readonly Tensor _normal;

    public VariedParameters(long seed)
    {
        _random = new Generator((ulong)seed);
        _normal = randn([(1 << 20) - 3], generator: _random).DetachFromDisposeScope();
    }

    public Tensor Get(ParameterSpecification parameter, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. parameter.Shape];
        Tensor value = parameter.Role switch
        {
            ParameterRole.Weight => Normal(parameter.Count).view(shape) * Math.Sqrt(2.0 * shape[0] / parameter.Count),
            ParameterRole.RunningVariance => Uniform(0.5, 1.5),
            ParameterRole.NormWeight => Uniform(0.4, 1.2),
            ParameterRole.LayerScale => Uniform(0.2, 0.6),
            _ => randn(shape, generator: _random) * 0.1,
        };
        return value.MoveToOuterDisposeScope();

        Tensor Uniform(double low, double high) => rand(shape, generator: _random) * (high - low) + low;
    }

    public void Dispose() => _normal.Dispose();

    private Tensor Normal(long count) => count <= _normal.NumberOfElements
        ? randn([count], generator: _random)
        : _normal.repeat([count / _normal.NumberOfElements + 1]).narrow(0, 0, count);
}
