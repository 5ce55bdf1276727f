using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Targets;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Sundararajan, Taly and Yan 2017, proposition 1: by how much the map's sum misses f(x) − f(x′), without sign, where f is the number that the method explains. Methods that
/// know what their maps should add up to are held to that; x′ is the baseline, black unless another one is asked for, for all others.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1703.01365"/>
/// <code>
/// |Σ M − (f(x) − f(x′))|
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new Completeness(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class Completeness(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request) =>
        MetricValue.Each((request.Result.ConvergenceDelta ?? Residual(request)).Select(r => (double)Math.Abs(r)));

    private float[] Residual(MetricRequest request)
    {
        SaliencyResult result = request.Result;
        var baseline = Baselines.Of(request.Explained, options.Baseline ?? Baseline.Zero, options.Seed);
        var absent = Scores.Of(request.Explained.Network, baseline, [result.Target], request.Explained.Cancellation)[0].cpu().data<float>();
        return ConvergenceDelta.Of(result.Map.detach(), [.. result.Target.Scores.Zip(absent, (f, b) => f - b)]);
    }
}
