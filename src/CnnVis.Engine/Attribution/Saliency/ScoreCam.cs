using CnnVis.Engine.Images;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Wang et al. 2020, algorithm 1: each map of a layer, brought to the picture's size and to [0, 1], says what of the picture is kept; the softmax over
/// the maps of the scores that remain are the weights of the maps. Max(Σₖ wₖ Aₖ, 0), without any gradient. What is not kept shows the baseline, mid-grey
/// by default, which is about the zero of networks that subtract a mean. A map that is the same everywhere keeps nothing and counts for nothing.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1910.01279"/>
/// <code>
/// Hₖ = normalised(upsampled(Aₖ))
/// wₖ = softmaxₖ f(b + Hₖ ⊙ (x − b))
/// M = max(Σₖ wₖ Aₖ, 0)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new ScoreCam(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class ScoreCam(SaliencyOptions options) : ISaliencyMethod
{
    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        using var none = no_grad();
        string[] layers = [.. request.Targets.Select(t => MapLayers.Of(request.Network, options.TargetLayer, t.Value))];
        IReadOnlyList<ChosenTarget> targets = Scores.Choose(request.Network, request.Pixels, request.Targets, request.Cancellation);
        Tensor baseline = Baselines.Of(request, options.Baseline ?? Baseline.Grey, options.Seed);
        var results = new SaliencyResult[layers.Length];
        // Targets above the same layer share its passes.
        foreach (string layer in layers.Distinct())
        {
            using var scope = NewDisposeScope();
            int[] places = [.. Enumerable.Range(0, layers.Length).Where(i => layers[i] == layer)];
            Tensor maps = request.Network.Layout(layer)!.Maps(request.Network.Forward(request.Pixels, [layer], request.Cancellation)[0]); // [N, K, rows, columns]
            UnitGrid grid = MapPlaces.Of(request.Network, layer, options.Placement);
            Tensor[] scores = Kept(request, baseline, maps, grid, [.. places.Select(i => targets[i])]);
            Tensor flat = maps.amax([2, 3]) == maps.amin([2, 3]); // [N, K]
            for (int p = 0; p < places.Length; p++)
            {
                Tensor weights = where(flat, full_like(scores[p], double.NegativeInfinity), scores[p]).softmax(1).nan_to_num(0); // [N, K]
                Tensor map = (weights.unsqueeze(2).unsqueeze(3) * maps).sum(1, keepdim: true).relu();
                results[places[p]] = new SaliencyResult(map.MoveToOuterDisposeScope(), targets[places[p]]) { MapValue = layer, Grid = grid };
            }
        }
        return results;
    }

    /// <summary>Scores of the pictures of which only what a map shows is kept: for each target [N, K].</summary>
    private static Tensor[] Kept(SaliencyRequest request, Tensor baseline, Tensor maps, UnitGrid grid, IReadOnlyList<ChosenTarget> targets)
    {
        long count = maps.shape[1];
        Tensor[] scores = [.. targets.Select(_ => empty([count, request.Count], device: maps.device))];
        int together = Math.Max(1, request.BatchSize / request.Count);
        for (long first = 0; first < count; first += together)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            long some = Math.Min(together, count - first);
            Tensor masks = Upsampled.To(maps.narrow(1, first, some), grid, request.Network.Input); // [N, k, H, W]
            Tensor low = masks.amin([2, 3], keepdim: true), high = masks.amax([2, 3], keepdim: true);
            masks = ((masks - low) / (high - low).clamp_min(1e-12)).transpose(0, 1).unsqueeze(2); // [k, N, 1, H, W]
            Tensor kept = (baseline + masks * (request.Pixels - baseline)).flatten(0, 1); // [k · N, C, H, W]
            Tensor[] values = Scores.Of(request.Network, kept, targets, request.Cancellation);
            for (int t = 0; t < scores.Length; t++) scores[t].narrow(0, first, some).copy_(values[t].reshape(some, request.Count));
            request.Progress?.Invoke((double)(first + some) / count);
        }
        return [.. scores.Select(s => s.t())];
    }
}
