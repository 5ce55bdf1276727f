using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>
/// Likeness of codes (Mahendran and Vedaldi 2014, section 3): minus ‖φ(x) − φ₀‖² / ‖φ₀‖² over the layer's values that count. Where φ₀ is zero, over 1 instead.
/// </summary>
/// <param name="Value">Name of the layer's value.</param>
/// <param name="Code">φ₀: the values that count, in order.</param>
/// <param name="Places">Where these stand among the layer's values; null for all.</param>
public sealed record FeatureObjective(string Value, float[] Code, long[]? Places = null) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor features = values[0].reshape(values[0].shape[0], -1), code = tensor(Code, device: features.device); // [N, D], [D]
        if (Places is not null) features = features.index_select(1, tensor(Places, device: features.device));
        double length = Code.Sum(v => (double)v * v);
        return -(features - code).square().sum([1L]) / (length > 0 ? length : 1);
    }
}
