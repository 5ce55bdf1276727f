using CnnVis.Engine.Graphs;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Methods that weigh a layer's maps by its gradient, Σₖ wₖ Aₖ, and keep what is positive: [N, 1, rows, columns]. The layer is the last one that still
/// has rows and columns, unless another one is named.
/// </summary>
/// <param name="options">The layer.</param>
public abstract class ActivationMap(SaliencyOptions options) : ISaliencyMethod
{
    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        string[] layers = [.. request.Targets.Select(t => MapLayers.Of(request.Network, options.TargetLayer, t.Value))];
        string[] taps = [.. layers.Distinct()];
        using var gradients = new TargetGradients(request.Network, request.Pixels, request.Targets, taps, rule: null, request.Cancellation);
        var results = new SaliencyResult[layers.Length];
        for (int i = 0; i < results.Length; i++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int tap = Array.IndexOf(taps, layers[i]);
            PlaneLayout layout = request.Network.Layout(layers[i])!;
            Tensor gradient = layout.Maps(gradients.Of(i)[tap]), activation = layout.Maps(gradients.Tap(tap).detach()); // [N, K, rows, columns]
            Tensor map = (Weights(activation, gradient) * activation).sum(1, keepdim: true).relu();
            results[i] = new SaliencyResult(map.MoveToOuterDisposeScope(), gradients.Targets[i]) { MapValue = layers[i], Grid = MapPlaces.Of(request.Network, layers[i], options.Placement) };
        }
        return results;
    }

    /// <summary>The weights, broadcast over the activations.</summary>
    /// <param name="activation">[N, K, rows, columns].</param>
    /// <param name="gradient">∂f/∂A, alike.</param>
    protected abstract Tensor Weights(Tensor activation, Tensor gradient);
}
