using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>What a network says of finished pictures, without derivatives.</summary>
internal static class PictureScores
{
    /// <summary>Scores and probabilities of pictures, each for its own objective.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">[N, C, H, W].</param>
    /// <param name="objectives">N of them.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>[N], and [N, classes]; nothing where the network has no classes.</returns>
    public static (float[] Scores, float[] Probabilities) Of(Network network, Tensor pixels, IReadOnlyList<IObjective> objectives, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var heads = new ObjectiveHeads(objectives);
        bool says = network.Answers.HasClasses;
        Tensor[] values = network.Forward(pixels, says ? [.. heads.Values, network.Answers.Probabilities] : heads.Values, cancellation);
        return (heads.Score(values).ToFloats(), says ? values[^1].flatten(1).ToFloats() : []);
    }

    /// <summary>Asks the network about pictures that were made, unless Ctrl+C has ended the work: then they come out as they are, at once.</summary>
    /// <returns>Its answer; null where it was cancelled.</returns>
    public static T? Unless<T>(Func<T> ask, CancellationToken cancellation) where T : class
    {
        if (cancellation.IsCancellationRequested) return null;
        try
        {
            return ask();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Pictures as one tensor where the network computes, [N, C, H, W], in the caller's scope.</summary>
    public static Tensor Stack(Network network, IReadOnlyList<float[]> pictures)
    {
        CnnInput input = network.Input;
        return stack([.. pictures.Select(p => tensor(p, [input.Channels, input.Height, input.Width]))]).to(network.TorchDevice);
    }
}
