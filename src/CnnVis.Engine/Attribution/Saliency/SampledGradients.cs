using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Gradients of changed copies of pictures, several copies a pass. The target is what it is for the pictures as they are.</summary>
/// <param name="request">Network, pictures, targets.</param>
internal sealed class SampledGradients(SaliencyRequest request)
{
    /// <summary>Visits the gradients, sample by sample.</summary>
    /// <param name="count">Samples.</param>
    /// <param name="make">The pictures of a sample, [N, C, H, W].</param>
    /// <param name="visit">Gets target, sample, its pictures and their gradients, [N, C, H, W].</param>
    /// <returns>The targets, for the pictures as they are.</returns>
    public IReadOnlyList<ChosenTarget> Visit(int count, Func<int, Tensor> make, Action<int, int, Tensor, Tensor> visit)
    {
        IReadOnlyList<ChosenTarget> targets = Scores.Choose(request.Network, request.Pixels, request.Targets, request.Cancellation);
        int together = Math.Max(1, request.BatchSize / request.Count);
        for (int first = 0; first < count; first += together)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor[] samples = [.. Enumerable.Range(first, Math.Min(together, count - first)).Select(make)];
            using var gradients = new TargetGradients(request.Network, cat(samples), targets, [request.Network.Graph.Input], rule: null, request.Cancellation);
            for (int t = 0; t < targets.Count; t++)
            {
                Tensor[] parts = gradients.Of(t)[0].split(request.Count); // each [N, C, H, W]
                for (int s = 0; s < parts.Length; s++) visit(t, first + s, samples[s], parts[s]);
            }
            request.Progress?.Invoke((double)Math.Min(first + together, count) / count);
        }
        return targets;
    }
}
