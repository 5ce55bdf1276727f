using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Where the pictures of a batch are in every value: almost always in the first axis. Attention's heads may stand before them ([3, N, heads, tokens, features]), windows beside them
/// ([N · windows, tokens, features]), and an exporter may transpose the answer. What twice as many pictures enlarge is their axis; a walk with two is taken only where some node may have moved it.
/// </summary>
internal sealed class PictureWalk
{
    private readonly Dictionary<string, PictureAxis> _axes = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <param name="shapes">Its shapes for one picture.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public PictureWalk(Graph graph, ShapeWalk shapes, CancellationToken cancellation = default)
    {
        if (!graph.Nodes.Any(n => MayMove(n, shapes[n.Output]))) return;
        using var scope = NewDisposeScope();
        using var twice = new StaticValues(graph.Input, [2, .. graph.InputShape.Skip(1)], graph.Parameters, lenient: true);
        _axes[graph.Input] = new PictureAxis(0, 1, 1);
        foreach (Node node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                twice.Add(node);
            }
            catch (CnnVisException)
            {
                return; // of one picture only: what comes behind has no other
            }
            if (twice.Shape(node.Output) is { } two && Moved([.. shapes[node.Output]], two) is >= 0 and var axis) _axes[node.Output] = Of(node, axis, shapes);
        }
    }

    /// <summary>Where the pictures of a value are, where the first axis is not theirs alone; null where it is.</summary>
    public PictureAxis? Elsewhere(string value) => _axes.TryGetValue(value, out PictureAxis axis) && !axis.IsFirst ? axis : null;

    private static bool MayMove(Node node, IReadOnlyList<long> shape) =>
        shape.Count > 0 && shape[0] != 1 || shape is [1, 1, ..] && node.Operator.Type is "Unsqueeze" or "Reshape" or "Expand" || node.Operator.Type == "Transpose" && node.Operator.Attributes.Integers("perm") is not [0, ..];

    private static int Moved(long[] one, long[] two)
    {
        int[] axes = one.Length != two.Length ? [] : [.. Enumerable.Range(0, one.Length).Where(i => one[i] != two[i])];
        return axes is [var axis] && two[axis] == 2 * one[axis] ? axis : -1;
    }

    private PictureAxis Of(Node node, int axis, ShapeWalk shapes)
    {
        IReadOnlyList<long> shape = shapes[node.Output];
        long extent = shape[axis], inner = 1;
        if (extent == 1) return new PictureAxis(axis, 1, 1);
        if (node.Operator.Traits.HasFlag(OperatorTraits.PassesOn) && _axes.TryGetValue(node.Inputs[0], out PictureAxis from))
        {
            // So many numbers lie from one picture's to the next one's, in either.
            long apart = from.Inner * shapes[node.Inputs[0]].Skip(from.Axis + 1).Aggregate(1L, (a, b) => a * b), behind = shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);
            if (behind > 0 && apart % behind == 0) inner = apart / behind;
        }
        else
        {
            foreach (string input in node.Inputs)
                if (_axes.TryGetValue(input, out PictureAxis other) && other.Outer * other.Inner == extent) inner = other.Inner;
        }
        return extent % inner == 0 ? new PictureAxis(axis, extent / inner, inner) : new PictureAxis(axis, extent, 1);
    }
}
