using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>Losses of pictures, and how they change with the variables.</summary>
/// <param name="Losses">Penalties minus scores: [N].</param>
/// <param name="Scores">What the objectives say: [N].</param>
/// <param name="Gradient">Of the losses, of the variables' shape.</param>
/// <param name="Pixels">The pictures, [N, C, H, W].</param>
public sealed record Evaluation(float[] Losses, float[] Scores, Tensor Gradient, Tensor Pixels) : IDisposable
{
    /// <summary>How often the network was shown each picture for this: more than once where a line was searched. [N].</summary>
    public IReadOnlyList<int> Looks { get; init; } = [.. Losses.Select(_ => 1)];

    /// <summary>Of some of the pictures; this one is disposed.</summary>
    /// <param name="rows">Which.</param>
    public Evaluation Keep(IReadOnlyList<int> rows)
    {
        using Tensor places = tensor(rows.Select(r => (long)r).ToArray(), device: Gradient.device);
        return new([.. rows.Select(r => Losses[r])], [.. rows.Select(r => Scores[r])], Rows.Of(Gradient, places), Rows.Of(Pixels, places)) { Looks = [.. rows.Select(r => Looks[r])] };
    }

    /// <summary>This where a row is chosen, the other where it is not; both stay the caller's to dispose.</summary>
    /// <param name="chosen">bool, [N, 1].</param>
    /// <param name="other">Of as many pictures.</param>
    internal Evaluation Where(Tensor chosen, Evaluation other)
    {
        bool[] rows = [.. chosen.flatten().cpu().data<bool>()];
        return new([.. rows.Select((r, i) => r ? Losses[i] : other.Losses[i])], [.. rows.Select((r, i) => r ? Scores[i] : other.Scores[i])],
            Rows.Where(chosen, Gradient, other.Gradient).DetachFromDisposeScope(), Rows.Where(chosen, Pixels, other.Pixels).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Gradient.Dispose();
        Pixels.Dispose();
    }
}
