using CnnVis.Engine.Targets.Answers;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>The values of a graph that an occlusion reads: probabilities, logits, and the layers to sum.</summary>
internal sealed class OcclusionTaps
{
    /// <param name="answer">What the network answers.</param>
    /// <param name="layers">Names of the layers' values.</param>
    public OcclusionTaps(Answer answer, IEnumerable<string> layers)
    {
        Layers = [.. layers];
        Values = [answer.Probabilities, answer.Logits, .. Layers];
    }

    /// <summary>Names of the layers' values.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Names of all values, in the order in which <see cref="Read"/> takes what they hold.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The numbers of a whole pass.</summary>
    /// <param name="values">[N, classes], [N, classes], and of each layer [N, C, …].</param>
    public static OccludedAnswers Read(Tensor[] values) => Answers(values[0], values[1], [.. values.Skip(2).Select(Totals)]);

    /// <summary>The numbers, of layers that are summed already.</summary>
    public static OccludedAnswers Answers(Tensor probabilities, Tensor logits, IEnumerable<Tensor> totals) =>
        new((int)probabilities.shape[0], probabilities.ToFloats(), logits.ToFloats(), [.. totals.Select(t => t.ToFloats())]);

    /// <summary>The sum of each map: [N, C].</summary>
    public static Tensor Totals(Tensor layer) => layer.dim() > 2 ? layer.sum([.. Enumerable.Range(2, (int)layer.dim() - 2).Select(d => (long)d)]) : layer.flatten(1);
}
