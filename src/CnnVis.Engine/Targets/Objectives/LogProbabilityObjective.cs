using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>The logarithm of a class's probability, or of the largest, taken from the logits so that it has a gradient wherever the Softmax is flat.</summary>
/// <param name="Logits">Name of the value that the last Softmax is given.</param>
/// <param name="Class">Output index; null for the class that is most probable at the time.</param>
public sealed record LogProbabilityObjective(string Logits, int? Class) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Logits];

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor logs = nn.functional.log_softmax(values[0].flatten(1), 1); // [N, classes]
        return Class is { } index ? logs.select(1, index) : logs.amax([1L]);
    }
}
