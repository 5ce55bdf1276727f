using CnnVis.Engine.Attribution.Saliency;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Yeh et al. 2019, definition 2.2: the largest ‖Φ(y) − Φ(x)‖ / ‖Φ(x)‖ over pictures y whose pixels differ from x's by at most the radius, drawn evenly. The definition
/// does not divide by ‖Φ(x)‖; the authors' experiments do, without which maps in different units could not be compared. The class stays x's.
/// 0 where nothing changes; infinite where a map of zeros does.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1901.09392"/>
/// <code>
/// max ‖M(y) − M(x)‖ / ‖M(x)‖ over ‖y − x‖∞ ≤ r
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new MaxSensitivity(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class MaxSensitivity(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        using var random = new Generator((ulong)options.Seed);
        SaliencyRequest explained = request.Explained;
        Tensor pixels = explained.Pixels, map = request.Result.Map.detach();
        double[] norms = Norms(map), largest = new double[request.Count];
        for (int sample = 0; sample < options.Perturbations; sample++)
        {
            explained.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor noise = (rand([.. pixels.shape[1..]], generator: random) * 2 - 1) * options.Radius;
            double[] changes = Norms(request.Again(explained with { Pixels = pixels + noise.to(pixels.device) }).Map.detach() - map);
            for (int i = 0; i < largest.Length; i++) largest[i] = Math.Max(largest[i], changes[i]);
        }
        return MetricValue.Each(largest.Zip(norms, (change, norm) => change == 0 ? 0 : change / norm));
    }

    private static double[] Norms(Tensor maps)
    {
        using var scope = NewDisposeScope();
        return maps.to(ScalarType.Float64).flatten(1).square().sum(1).sqrt().cpu().data<double>().ToArray();
    }
}
