using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary><see cref="Infidelity"/> of the map times the one number that makes it least, so that only the map's form counts, not its unit. A map of zeros stays zero.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1901.09392"/>
/// <code>
/// min over s of E[(s Iᵀ M − (f(x) − f(x − I)))²]
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new ScaledInfidelity(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class ScaledInfidelity(MetricOptions options) : Infidelity(options)
{
    /// <inheritdoc/>
    private protected override Tensor Scale(Tensor predicted, Tensor actual) => ((predicted * actual).mean([0]) / predicted.square().mean([0])).nan_to_num(0);
}
