using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// What goes down through chosen nodes on a <see cref="BackwardWalk"/> in place of the gradient: ReLU rules, winning probabilities, relevance.
/// It belongs to the walk, so that it is the same whether a network calls its ReLUs as layers, functions or in place.
/// </summary>
public interface IBackwardRule
{
    /// <summary>Whether it stands for the gradient of this node of a graph.</summary>
    bool AppliesTo(Graph graph, Node node);

    /// <summary>What each input gets.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The values that it was given; null for one left out.</param>
    /// <param name="output">The value that it gave.</param>
    /// <param name="gradient">What comes from above, of the output's shape.</param>
    /// <returns>For each input a new tensor of its shape, or null for nothing.</returns>
    Tensor?[] Backward(Graph graph, Node node, Tensor?[] inputs, Tensor output, Tensor gradient);
}
