using CnnVis.Engine.Images;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Sundararajan, Taly and Yan 2017, section 3: (x − x′) · ∫₀¹ ∂f(x′ + α(x − x′))/∂x dα, by the midpoint rule. The values add up to
/// f(x) − f(x′) but for the rule's error, the convergence delta, which is reported. The baseline x′ is black unless another one is asked for. Unless a number of steps is asked
/// for, there are 50, and for pictures whose delta is above 2 % of f(x) − f(x′), three times as many, and again, up to 450: the midpoints of a third of the steps are among them.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1703.01365"/>
/// <code>
/// M = (x − x′) · 1/n Σₖ ∂f/∂x (x′ + (k + ½)/n · (x − x′)),   k = 0 … n − 1
/// Σ M ≈ f(x) − f(x′)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new IntegratedGradients(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class IntegratedGradients(SaliencyOptions options) : ISaliencyMethod
{
    private const int FirstSteps = 50, MostSteps = 450;
    private const double Tolerance = 0.02;

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        Tensor baseline = Baselines.Of(request, options.Baseline ?? Baseline.Zero, options.Seed), way = request.Pixels - baseline;
        Tensor[] sums = [.. request.Targets.Select(_ => zeros_like(request.Pixels))], maps = [.. request.Targets.Select(_ => zeros_like(request.Pixels))];
        int steps = options.Steps ?? FirstSteps;
        IReadOnlyList<ChosenTarget> targets = Add(steps, [.. Enumerable.Range(0, steps)]);
        float[][] wholes = [.. Scores.Of(request.Network, baseline, targets, request.Cancellation).Zip(targets, (absent, t) => t.Scores.Zip(absent.cpu().data<float>(), (f, b) => f - b).ToArray())];
        bool[][] settled = [.. wholes.Select(w => new bool[w.Length])];
        while (!Settle(steps) && options.Steps is null && steps < MostSteps)
        {
            steps *= 3;
            // What was the middle of a step is the middle of the middle one of its thirds.
            Add(steps, [.. Enumerable.Range(0, steps).Where(k => k % 3 != 1)]);
        }
        return [.. targets.Select((target, i) => new SaliencyResult(maps[i], target) { ConvergenceDelta = ConvergenceDelta.Of(maps[i], wholes[i]) })];

        IReadOnlyList<ChosenTarget> Add(int count, int[] places) => new SampledGradients(request).Visit(places.Length,
            k => baseline + way * ((places[k] + 0.5) / count),
            (target, _, _, gradient) => sums[target].add_(gradient));

        // A picture keeps the map of the first number of steps that does for it, whatever its neighbours need.
        bool Settle(int count)
        {
            bool all = true;
            for (int t = 0; t < maps.Length; t++)
            {
                using var scope = NewDisposeScope();
                Tensor map = way * sums[t] / count; // [N, C, H, W]
                float[] deltas = ConvergenceDelta.Of(map, wholes[t]);
                for (int i = 0; i < deltas.Length; i++)
                {
                    if (settled[t][i]) continue;
                    maps[t].select(0, i).copy_(map.select(0, i));
                    settled[t][i] = Math.Abs(deltas[i]) <= Tolerance * Math.Abs(wholes[t][i]);
                    all &= settled[t][i];
                }
            }
            return all;
        }
    }
}
