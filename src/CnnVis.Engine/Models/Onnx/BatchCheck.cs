using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Every value that a picture changes has to have one axis that counts pictures, or a multiple of them: a value that lost it, or whose pictures are mixed, would be shown
/// as if it were each picture's own.
/// </summary>
/// <param name="input">Name of the graph's input.</param>
/// <param name="once">What is known for the file's batch.</param>
/// <param name="twice">What is known for twice as many pictures.</param>
internal sealed class BatchCheck(string input, StaticValues once, StaticValues twice)
{
    /// <summary>Operators that see everything along their axis at once.</summary>
    private static readonly HashSet<string> _along = new(["Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "CumSum"], StringComparer.Ordinal);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal) { input };

    /// <summary>Takes a node in.</summary>
    /// <exception cref="CnnVisException">Its value is none of each picture's own.</exception>
    public void Follow(Node node)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        // Of sizes and constants nothing has to be each picture's own.
        if (node.Operator is ShapeOf or Size or EyeLike || !node.Inputs.Any(_seen.Contains) || once.Value(node.Output) is not null) return;
        _seen.Add(node.Output);
        if (once.Shape(node.Output) is not { } one) return; // refused when the layers are counted
        if (twice.Shape(node.Output) is not { } two) throw Refused("works with one number of pictures only");
        if (one.Length != two.Length || Enumerable.Range(0, one.Length).Where(i => one[i] != two[i]).ToArray() is not [var axis] || two[axis] != 2 * one[axis])
            throw Refused("gives a value in which pictures are not kept apart");
        long[]? from = once.Shape(node.Inputs[0]);
        if (node.Operator is ScatterND or ScatterElements && _seen.Contains(node.Inputs[0]) && node.Operator.Attributes.Integer(Operator.PicturesAttribute, 0) == 0
            && once.Shape(node.Inputs[1]) is { } indices && twice.Shape(node.Inputs[1]) is { } more && indices.AsSpan().SequenceEqual(more)) throw Refused("changes some pictures of a batch and not others");
        if (node.Operator is MeanVarianceNormalization norm && from is not null && norm.Normalised(from.Length).Contains(axis) || node.Operator is LayerNormalization && LayerAxis(node, from) <= axis) throw Refused("mixes the pictures of a batch");
        long along = node.Operator is not CumSum ? node.Operator.Attributes.Integer("axis", -1)
            : once.Value(node.Inputs[1]) is { NumberOfElements: 1 } stated ? stated.to(TorchSharp.torch.ScalarType.Int64).item<long>() : 0;
        if (from is { Length: > 0 } && _along.Contains(node.Operator.Type) && (along < 0 ? along + from.Length : along) == axis) throw Refused("mixes the pictures of a batch");

        static long LayerAxis(Node node, long[]? from) => node.Operator.Attributes.Integer("axis", -1) is var first && first < 0 ? first + (from?.Length ?? 0) : first;

        CnnVisException Refused(string what) => new(ErrorIds.OperatorNotSupported,
            $"'{node.Name}' ({node.Operator.Type}) {what}, so that the answers for one picture would depend on the others. Export the network with the batch left open (dynamic_axes), or choose a value before that with -OutputName.", node.Name);
    }
}
