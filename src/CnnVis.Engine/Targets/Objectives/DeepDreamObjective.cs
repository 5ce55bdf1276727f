using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>More of whatever a layer sees (Mordvintsev, Olah and Tyka 2015): the mean square of its values.</summary>
/// <param name="Value">Name of the layer's value.</param>
public sealed record DeepDreamObjective(string Value) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values) => values[0].reshape(values[0].shape[0], -1).square().mean([1L]);
}
