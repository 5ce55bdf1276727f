using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>The score of a class.</summary>
/// <param name="Value">The probabilities, or the logits that the last Softmax is given.</param>
/// <param name="Index">Output index; null for the class that is most probable for the picture.</param>
public sealed record ClassTarget(string Value, int? Index) : ITarget
{
    /// <summary>The score of a class of a network.</summary>
    public static ClassTarget Of(Network network, int? index, ClassScore score) => new(score == ClassScore.Probability ? network.Graph.Output : Logits(network), index);

    /// <summary>Name of the value that the last Softmax is given.</summary>
    public static string Logits(Network network) => network.Graph.Nodes[network.Graph.Producer(network.Graph.Output)].Inputs[0];

    /// <inheritdoc/>
    public Tensor Choose(Tensor value) => Index is { } index ? full([value.shape[0]], index, ScalarType.Int64, value.device) : value.flatten(1).argmax(1);
}
