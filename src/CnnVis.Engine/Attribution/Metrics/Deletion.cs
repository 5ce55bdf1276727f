using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Petsiuk, Das and Saenko 2018, algorithm 1: pixels are taken away from the picture; the lower, the better. What is taken away shows mid-grey,
/// which is about the paper's zero after the mean is subtracted, unless another baseline is asked for.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1806.07421"/>
/// <code>
/// ∫₀¹ f(x without the share s of pixels that M ranks first) ds
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new Deletion(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class Deletion(MetricOptions options) : RankedPixels(options.CurveSteps)
{
    /// <inheritdoc/>
    protected override (Tensor First, Tensor Last) Ends(MetricRequest request) =>
        (request.Explained.Pixels, Baselines.Of(request.Explained, options.PerturbationBaseline ?? Baseline.Grey, options.Seed));
}
