using CnnVis.Engine.Graphs;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Methods that send something down from the target, whole, through a network whose batch normalisation is folded.</summary>
public abstract class RelevanceMethod : ISaliencyMethod
{
    /// <inheritdoc/>
    public ClassScore Score(ClassScore? asked) => asked != ClassScore.Probability ? ClassScore.Logit
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"{GetType().Name} explains the logit: the Softmax above it has no weights to share relevance out by. Leave -Score out.", asked);

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        Graph original = request.Network.Maps;
        string[] values = [.. request.Targets.Select(t => MapValue(request, t))], taps = [.. values.Distinct()], heads = [.. request.Targets.Select(t => t.Value)];
        using Graph graph = BatchNormFolding.Fold(original, [.. taps, .. heads]);
        var nodes = new RelevanceNodes(graph);
        using var gradients = new TargetGradients(graph, request.Pixels, request.Targets, taps, new RelevanceRule(nodes, Shares(nodes, heads)), request.Cancellation);
        var results = new SaliencyResult[values.Length];
        for (int i = 0; i < results.Length; i++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            Tensor relevance = gradients.Of(i, Seed)[Array.IndexOf(taps, values[i])];
            bool isImage = values[i] == original.Input;
            ChosenTarget target = gradients.Targets[i];
            results[i] = new SaliencyResult(isImage ? relevance : request.Network.Layout(values[i])!.Maps(relevance).sum(1, keepdim: true), target)
            {
                MapValue = isImage ? null : values[i],
                Grid = isImage ? null : MapPlaces.Of(request.Network, values[i], Placement),
                ConvergenceDelta = ConvergenceDelta.Of(relevance, Total(target)),
            };
        }
        return results;
    }

    /// <summary>Name of the graph's value at which it is read.</summary>
    private protected abstract string MapValue(SaliencyRequest request, ITarget target);

    /// <summary>Where the places of inner layers lie.</summary>
    private protected virtual MapPlacement Placement => default;

    /// <summary>How nodes share it out.</summary>
    private protected abstract Func<Node, IRelevanceShare> Shares(RelevanceNodes nodes, IReadOnlyList<string> heads);

    /// <summary>What starts at the target.</summary>
    private protected abstract Tensor Seed(ChosenTarget target, Tensor head);

    /// <summary>What each map should add up to.</summary>
    private protected abstract float[] Total(ChosenTarget target);
}
