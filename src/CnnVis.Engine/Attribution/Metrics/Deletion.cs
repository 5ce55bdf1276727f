using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Petsiuk, Das and Saenko 2018, algorithm 1: pixels are taken away from the picture; the lower, the better. What is taken away shows mid-grey,
/// which is about the paper's zero after the mean is subtracted, unless another baseline is asked for.
/// </summary>
public sealed class Deletion(MetricOptions options) : RankedPixels(options.CurveSteps)
{
    /// <inheritdoc/>
    protected override (Tensor First, Tensor Last) Ends(MetricRequest request) =>
        (request.Explained.Pixels, Baselines.Of(request.Explained, options.PerturbationBaseline ?? Baseline.Grey, options.Seed));
}
