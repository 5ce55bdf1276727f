using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>A class, a channel or a neuron: the mean of a channel over its places, or its value at one of them.</summary>
/// <param name="Value">Name of the layer's value; for a class the logits (Simonyan et al. 2013, section 2: the unnormalised score) or the probabilities.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Position">Row and column; null for the mean over all.</param>
/// <param name="Slope">Where the value is what a ReLU is given: what the ReLU makes of negative values, 0 for the layer as it is, a little for a gradient that brings a silent unit to life. 1 where there is no ReLU.</param>
public sealed record UnitObjective(string Value, int Channel, (int Row, int Column)? Position = null, double Slope = 1) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor maps = values[0].dim() < 2 ? values[0].unsqueeze(1) : values[0]; // [N, C, …]
        Tensor chosen = maps.select(1, Channel); // [N, …]
        if (Slope < 1) chosen = nn.functional.leaky_relu(chosen, Slope);
        return Position is { } p ? chosen.select(1, p.Row).select(1, p.Column) : chosen.reshape(chosen.shape[0], -1).mean([1L]);
    }
}
