using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// What gradients have in common over copies of a picture with Gaussian noise, of deviation σ = noise level · (max x − min x)
/// (Smilkov et al. 2017, section 3). Noisy pixels are not cut off at 0 and 1, as in the paper.
/// </summary>
/// <param name="options">Samples (50 by default), noise level, seed.</param>
public abstract class NoisyGradient(SaliencyOptions options) : ISaliencyMethod
{
    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        using var random = new Generator((ulong)options.Seed);
        Tensor pixels = request.Pixels, flat = pixels.flatten(1);
        Tensor deviation = ((flat.amax(1) - flat.amin(1)) * options.NoiseLevel).reshape(-1, 1, 1, 1); // [N, 1, 1, 1]
        Tensor[] means = [.. request.Targets.Select(_ => zeros_like(pixels))], squares = [.. request.Targets.Select(_ => zeros_like(pixels))];
        int samples = options.Samples ?? 50;
        var targets = new SampledGradients(request).Visit(samples,
            // Drawn one by one on the processor, so that it is the same for any batch and device.
            _ => pixels + deviation * randn([.. pixels.shape[1..]], generator: random).to(pixels.device),
            (target, sample, _, gradient) =>
            {
                // Welford 1962: means and squares of deviations, without the cancellation of E g² − (E g)².
                Tensor change = gradient - means[target];
                means[target].add_(change / (sample + 1));
                squares[target].add_(change * (gradient - means[target]));
            });
        return [.. targets.Select((t, i) => new SaliencyResult(Map(means[i], squares[i] / samples), t))];
    }

    /// <summary>The map, of the mean and the variance of the gradients.</summary>
    protected abstract Tensor Map(Tensor mean, Tensor variance);
}
