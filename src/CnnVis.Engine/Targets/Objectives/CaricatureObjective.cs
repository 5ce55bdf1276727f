using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>What a layer sees in a picture, exaggerated: ⟨φ(x), φ₀⟩ / ‖φ₀‖ · cos(φ(x), φ₀)^power over the whole layer (Olah 2018).</summary>
/// <param name="Value">Name of the layer's value.</param>
/// <param name="Target">φ₀, the layer's values for the picture.</param>
/// <param name="CosinePower">Power of the cosine; the larger, the closer to the picture.</param>
public sealed record CaricatureObjective(string Value, float[] Target, double CosinePower = 1) : IObjective
{
    private const double LeastCosine = 0.1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor features = values[0].reshape(values[0].shape[0], -1), target = tensor(Target, device: features.device); // [N, D], [D]
        Tensor along = (features * target).sum([1L]) / (target.norm() + 1e-12);
        Tensor cosine = along / (features.square().sum([1L]) + 1e-12).sqrt();
        return along * cosine.clamp_min(LeastCosine).pow(CosinePower);
    }
}
