using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>
/// How far a layer goes in a direction, ⟨φ(x), v⟩ (Szegedy et al. 2013, section 3, of pictures that are looked for), times cos(φ(x), v) to a power, which
/// keeps it from going far in others (Olah et al. 2017). The direction has a number a channel, and the mean over the places counts; or one a value of the layer.
/// </summary>
/// <param name="Value">Name of the layer's value.</param>
/// <param name="Direction">The direction; its length does not matter.</param>
/// <param name="CosinePower">Power of the cosine; 0 for the product alone.</param>
/// <param name="Position">Row and column; null for the mean over all.</param>
public sealed record DirectionObjective(string Value, float[] Direction, double CosinePower = 0, (int Row, int Column)? Position = null) : IObjective
{
    private const double LeastCosine = 0.1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor value = values[0];
        long count = value.shape[0], channels = value.dim() < 2 ? 1 : value.shape[1];
        bool whole = Direction.Length != channels;
        Tensor maps = whole ? value.reshape(count, -1, 1) : value.reshape(count, channels, -1); // [N, C, places]
        if (!whole && Position is { } p) maps = maps.narrow(2, p.Row * value.shape[^1] + p.Column, 1);
        Tensor direction = tensor(Direction, device: value.device);
        direction = (direction / direction.norm()).reshape(1, -1, 1);
        Tensor along = (maps * direction).sum([1L]); // [N, places]
        if (CosinePower == 0) return along.mean([1L]);
        Tensor cosine = along / (maps.square().sum([1L]) + 1e-12).sqrt();
        return (along * cosine.clamp_min(LeastCosine).pow(CosinePower)).mean([1L]);
    }
}
