using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>What a method is asked.</summary>
/// <param name="Network">The network.</param>
/// <param name="Pixels">[N, C, H, W] in [0, 1], where the network computes.</param>
/// <param name="Targets">The numbers to explain; they share what can be shared.</param>
/// <param name="Cancellation">Ends it between passes.</param>
public sealed record SaliencyRequest(Network Network, Tensor Pixels, IReadOnlyList<ITarget> Targets, CancellationToken Cancellation = default)
{
    /// <summary>Most pictures a pass.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Gets the share of the work that is done, in [0, 1], from methods that take many passes.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Pictures.</summary>
    public int Count => (int)Pixels.shape[0];
}
