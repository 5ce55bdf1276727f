using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>How a node's relevance is shared out among its inputs.</summary>
internal interface IRelevanceShare
{
    /// <summary>The parts.</summary>
    /// <param name="nodes">What the graph's nodes do.</param>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The values that it was given.</param>
    /// <param name="output">The value that it gave.</param>
    /// <param name="relevance">The output's relevance.</param>
    /// <returns>For each input its relevance, or null for none.</returns>
    Tensor?[] Split(RelevanceNodes nodes, Node node, Tensor?[] inputs, Tensor output, Tensor relevance);
}
