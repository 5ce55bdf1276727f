using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Methods of one pass: what comes down to the pixels under a ReLU rule.</summary>
public abstract class RuledGradient : ISaliencyMethod
{
    /// <summary>The ReLUs' rule; null for the plain gradient.</summary>
    protected virtual IBackwardRule? Rule => null;

    /// <inheritdoc/>
    public virtual bool IsPicture => false;

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        using var gradients = new TargetGradients(request.Network, request.Pixels, request.Targets, [request.Network.Graph.Input], Rule, request.Cancellation);
        var results = new SaliencyResult[request.Targets.Count];
        for (int i = 0; i < results.Length; i++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            ChosenTarget target = gradients.Targets[i];
            results[i] = new SaliencyResult(Map(request.Pixels, gradients.Of(i, Seed)[0]), target);
        }
        return results;
    }

    /// <summary>What starts at the target: 1.</summary>
    protected virtual Tensor Seed(ChosenTarget target, Tensor head) => target.Seed(head);

    /// <summary>The map, of pixels and what came down to them.</summary>
    protected virtual Tensor Map(Tensor pixels, Tensor gradient) => gradient;
}
