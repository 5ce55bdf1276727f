using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Petsiuk, Das and Saenko 2018, section 3.3: pixels are put into the blurred picture, or into another baseline; the higher, the better.</summary>
public sealed class Insertion(MetricOptions options) : RankedPixels(options.CurveSteps)
{
    /// <inheritdoc/>
    protected override (Tensor First, Tensor Last) Ends(MetricRequest request) =>
        (Baselines.Of(request.Explained, options.PerturbationBaseline ?? Baseline.Blur, options.Seed), request.Explained.Pixels);
}
