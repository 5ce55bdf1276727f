using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Petsiuk, Das and Saenko 2018, section 3.3: pixels are put into the blurred picture, or into another baseline; the higher, the better.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1806.07421"/>
/// <code>
/// ∫₀¹ f(baseline with the share s of pixels that M ranks first) ds
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new Insertion(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class Insertion(MetricOptions options) : RankedPixels(options.CurveSteps)
{
    /// <inheritdoc/>
    protected override (Tensor First, Tensor Last) Ends(MetricRequest request) =>
        (Baselines.Of(request.Explained, options.PerturbationBaseline ?? Baseline.Blur, options.Seed), request.Explained.Pixels);
}
