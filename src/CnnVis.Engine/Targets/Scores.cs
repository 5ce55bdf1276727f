using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>Targets' numbers without derivatives.</summary>
public static class Scores
{
    /// <summary>Looks targets up for pictures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">[N, C, H, W].</param>
    /// <param name="targets">The targets.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public static IReadOnlyList<ChosenTarget> Choose(Network network, Tensor pixels, IReadOnlyList<ITarget> targets, CancellationToken cancellation = default)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var heads = new TargetHeads(targets);
        Tensor[] values = network.Forward(pixels, heads.Values, cancellation);
        return [.. targets.Select((t, i) => ChosenTarget.Of(t, values[heads[i]]))];
    }

    /// <summary>The numbers of targets that were chosen, for other pictures: for each target [N].</summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">[k · N, C, H, W], where N pictures were chosen for.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public static Tensor[] Of(Network network, Tensor pixels, IReadOnlyList<ChosenTarget> targets, CancellationToken cancellation = default)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var heads = new TargetHeads(targets);
        Tensor[] values = network.Forward(pixels, heads.Values, cancellation);
        return [.. targets.Select((t, i) => t.Read(values[heads[i]]).MoveToOuterDisposeScope())];
    }
}
