using CnnVis.Engine.Models.Onnx.Upgrades;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Follows the axes of a file's input through nodes that only move them, or leave them in place, to the first node that fixes which of them is the channels: a convolution, a pooling, a normalisation
/// has them second.
/// </summary>
internal sealed class InputAxes
{
    /// <summary>An axis that the input does not have.</summary>
    private const int Added = -1;

    /// <summary>Operators whose first input has its channels on axis 1.</summary>
    private static readonly HashSet<string> _fixing = new(
        [
            "Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "FusedConv", "MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool",
            "BatchNormalization", "InstanceNormalization", "GroupNormalization", "LRN", "DepthToSpace", "SpaceToDepth", "ImageScaler",
        ], StringComparer.Ordinal);

    /// <summary>Operators that keep the axes of what they take.</summary>
    private static readonly HashSet<string> _keeping = new(
        [
            "Sub", "Add", "Mul", "Div", "Pow", "Max", "Min", "Cast", "Identity", "Dropout", "Relu", "Clip", "Neg", "Abs", "Sqrt", "Sigmoid", "Tanh", "Log", "Exp", "Floor", "Round",
            "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Pad", "Resize", "Upsample", "Concat", "Slice", "Split",
        ], StringComparer.Ordinal);

    private readonly Lazy<ValueNames> _names; // of all nodes, where the first few need none of them
    private readonly long[] _extents;
    private readonly Dictionary<string, int[]> _axes;

    /// <param name="graph">The file's graph.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="extents">Of its input, -1 for those left open.</param>
    public InputAxes(GraphProto graph, string input, long[] extents)
    {
        (_names, _extents) = (new Lazy<ValueNames>(() => new ValueNames(graph)), extents);
        _axes = new Dictionary<string, int[]>(StringComparer.Ordinal) { [input] = [.. Enumerable.Range(0, extents.Length)] };
        foreach (NodeProto node in graph.Node)
        {
            if (node.Input.FirstOrDefault(_axes.ContainsKey) is not { } taken || _axes[taken] is not { Length: >= 3 } axes) continue;
            if (_fixing.Contains(node.OpType))
            {
                if (taken != node.Input[0] || axes[1] == 0) continue;
                (ChannelAxis, Reader, SpatialRank) = (axes[1] == Added ? null : axes[1], node, axes.Length - 2);
                if (node.OpType is "Conv" && node.Input.Count > 1 && _names.Value.Constant(node.Input[1])?.Dims is [_, var perGroup, ..])
                    Channels = perGroup * (node.Attribute.FirstOrDefault(a => a.Name == "group")?.I ?? 1);
                return;
            }
            if (After(node, axes) is { } moved)
                foreach (string output in node.Output) _axes[output] = moved;
        }
    }

    /// <summary>The node that fixes it; null where none does.</summary>
    public NodeProto? Reader { get; }

    /// <summary>The axis of the input that is the channels; null where no node says, or the reader's channels are none of the input's.</summary>
    public int? ChannelAxis { get; }

    /// <summary>Rows and columns, or samples alone, that the reader sees.</summary>
    public int SpatialRank { get; }

    /// <summary>How many channels the reader takes, where it is a convolution.</summary>
    public long? Channels { get; }

    private int[]? After(NodeProto node, int[] axes) => node.OpType switch
    {
        "Transpose" => Transposed(node, axes),
        "Unsqueeze" => Widened(node, axes),
        "Squeeze" => Integers(node) is { Length: > 0 } gone ? [.. axes.Where((_, i) => !gone.Contains(i) && !gone.Contains(i - axes.Length))] : null,
        "Reshape" => Reshaped(node, axes),
        "Gather" => _names.Value.Constant(node.Input[1])?.Dims.Count == 1 ? axes : null,
        _ => _keeping.Contains(node.OpType) ? axes : null,
    };

    private static int[]? Transposed(NodeProto node, int[] axes)
    {
        long[] order = [.. node.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints ?? Enumerable.Empty<long>()];
        if (order.Length == 0) return [.. axes.Reverse()];
        return order.Length == axes.Length && order.All(o => o >= 0 && o < axes.Length) ? [.. order.Select(o => axes[o])] : null;
    }

    private int[]? Widened(NodeProto node, int[] axes)
    {
        if (Integers(node) is not { Length: > 0 } places) return null;
        var widened = new List<int>(axes);
        int rank = axes.Length + places.Length;
        foreach (long place in places.Select(p => p < 0 ? p + rank : p).Order())
        {
            if (place < 0 || place > widened.Count) return null;
            widened.Insert((int)place, Added);
        }
        return [.. widened];
    }

    /// <summary>A Reshape that only moves axes of length 1 about, as converters write a Transpose of one channel.</summary>
    private int[]? Reshaped(NodeProto node, int[] axes)
    {
        if (Integers(node) is not { Length: >= 3 } target || axes.Skip(1).Any(a => a != Added && _extents[a] < 1)) return null;
        var remaining = new Queue<int>(axes.Skip(1).Where(a => a != Added && _extents[a] > 1));
        var ones = new Queue<int>(axes.Skip(1).Where(a => a == Added || _extents[a] == 1));
        var moved = new List<int> { axes[0] };
        foreach (long extent in target.Skip(1))
        {
            bool one = extent == 1 || extent == 0 && moved.Count < axes.Length && (axes[moved.Count] == Added || _extents[axes[moved.Count]] == 1);
            if (one) moved.Add(ones.TryDequeue(out int free) ? free : Added);
            else if (remaining.TryDequeue(out int axis) && (extent <= 0 || extent == _extents[axis])) moved.Add(axis);
            else return null;
        }
        return remaining.Count == 0 ? [.. moved] : null;
    }

    /// <summary>The axes or the shape that a node is given: an attribute in old files, an input since.</summary>
    private long[]? Integers(NodeProto node)
    {
        if (node.Attribute.FirstOrDefault(a => a.Name is "axes" or "shape") is { } attribute) return [.. attribute.Ints];
        if (node.Input.Count < 2 || _names.Value.Constant(node.Input[1]) is not { } held || held.Dims.Aggregate(1L, (a, b) => a * b) > 16) return null;
        using Tensor tensor = OnnxTensors.Read(held);
        return tensor.dtype == ScalarType.Int64 ? [.. tensor.data<long>().ToArray()] : null;
    }
}
