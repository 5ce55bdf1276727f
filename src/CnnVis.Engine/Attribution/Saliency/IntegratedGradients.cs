using CnnVis.Engine.Images;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Sundararajan, Taly and Yan 2017, section 3: (x − x′) · ∫₀¹ ∂f(x′ + α(x − x′))/∂x dα, by the midpoint rule. The values add up to
/// f(x) − f(x′) but for the rule's error, which is reported. The baseline x′ is black unless another one is asked for.
/// </summary>
public sealed class IntegratedGradients(SaliencyOptions options) : ISaliencyMethod
{
    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        Tensor baseline = Baselines.Of(request, options.Baseline ?? Baseline.Zero, options.Seed), way = request.Pixels - baseline;
        Tensor[] sums = [.. request.Targets.Select(_ => zeros_like(request.Pixels))];
        var targets = new SampledGradients(request).Visit(options.Steps,
            step => baseline + way * ((step + 0.5) / options.Steps),
            (target, _, _, gradient) => sums[target].add_(gradient));
        Tensor[] absent = Scores.Of(request.Network, baseline, targets, request.Cancellation);
        return [.. targets.Select((target, i) =>
        {
            Tensor map = way * sums[i] / options.Steps;
            return new SaliencyResult(map, target) { ConvergenceDelta = ConvergenceDelta.Of(map, [.. target.Scores.Zip(absent[i].cpu().data<float>(), (f, b) => f - b)]) };
        })];
    }
}
