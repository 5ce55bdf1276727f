using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary><see cref="Infidelity"/> of the map times the one number that makes it least, so that only the map's form counts, not its unit. A map of zeros stays zero.</summary>
public sealed class ScaledInfidelity(MetricOptions options) : Infidelity(options)
{
    /// <inheritdoc/>
    private protected override Tensor Scale(Tensor predicted, Tensor actual) => ((predicted * actual).mean([0]) / predicted.square().mean([0])).nan_to_num(0);
}
