using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>
/// Yosinski et al. 2015, section 3: after each step, pixels that matter little go back to the network's mean: those of small norm, ‖x(u, v) − mean‖ over colours,
/// and those of small contribution, |Σ (x − mean)·gradient| over colours.
/// </summary>
/// <param name="NormPercentile">Percent of the pixels that go by their norm; 0 for none.</param>
/// <param name="ContributionPercentile">Percent that go by their contribution; 0 for none.</param>
/// <param name="Mean">A number a channel.</param>
public sealed record ClipSmallPixels(double NormPercentile, double ContributionPercentile, float[] Mean) : IRegularizer
{
    /// <inheritdoc/>
    public bool ChangesPixels => true;

    /// <inheritdoc/>
    public Tensor Change(Tensor pixels, Tensor gradient, int step)
    {
        Tensor mean = tensor(Mean, device: pixels.device).reshape(1, -1, 1, 1), away = pixels - mean;
        Tensor small = Smallest(away.square().sum([1L]), NormPercentile).logical_or(Smallest((away * gradient).sum([1L]).abs(), ContributionPercentile)); // [N, H, W]
        return where(small.unsqueeze(1), mean, pixels);
    }

    private static Tensor Smallest(Tensor values, double percent)
    {
        long count = (long)(values.shape[1] * values.shape[2] * percent / 100);
        if (count == 0) return zeros_like(values, ScalarType.Bool);
        Tensor bound = values.flatten(1).topk((int)count, 1, largest: false, sorted: true).values.select(1, count - 1);
        return values <= bound.reshape(-1, 1, 1);
    }
}
