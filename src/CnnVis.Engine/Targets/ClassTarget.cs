using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>The score of a class.</summary>
/// <param name="Value">The probabilities, or the logits (<see cref="Answers.Answer"/>).</param>
/// <param name="Index">Output index; null for the class that is most probable for the picture.</param>
public sealed record ClassTarget(string Value, int? Index) : ITarget
{
    /// <summary>The score of a class of a network.</summary>
    /// <exception cref="CnnVisException">The network has neither classes nor numbers.</exception>
    public static ClassTarget Of(Network network, int? index, ClassScore score)
    {
        network.Answers.NeedScores(network.Name);
        return new(score == ClassScore.Probability ? network.Answers.Probabilities : network.Answers.Logits, index);
    }

    /// <inheritdoc/>
    public Tensor Choose(Tensor value) => Index is { } index ? full([value.shape[0]], index, ScalarType.Int64, value.device) : value.flatten(1).argmax(1);
}
