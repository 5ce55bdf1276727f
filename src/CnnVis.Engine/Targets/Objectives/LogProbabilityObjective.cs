using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>The logarithm of a class's probability, or of the largest, taken from the logits so that it has a gradient wherever the Softmax is flat.</summary>
/// <param name="Logits">Name of the value that holds the logits.</param>
/// <param name="Class">Output index; null for the class that is most probable at the time.</param>
/// <param name="IsIndependent">Whether a class's probability is the Sigmoid of its own logit, and not a share of the Softmax.</param>
public sealed record LogProbabilityObjective(string Logits, int? Class, bool IsIndependent = false) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Logits];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor flat = values[0].flatten(1), logs = IsIndependent ? nn.functional.logsigmoid(flat) : nn.functional.log_softmax(flat, 1); // [N, classes]
        return Class is { } index ? logs.select(1, index) : logs.amax([1L]);
    }
}
