using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Optimizers;

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

    /// <inheritdoc/>
    public void Dispose()
    {
        Gradient.Dispose();
        Pixels.Dispose();
    }
}
