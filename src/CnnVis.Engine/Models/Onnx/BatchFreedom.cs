using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Resampling;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx.Upgrades;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Frees nodes of the batch for which a network was exported, usually of one: shapes to reshape to, sizes to resize to, constants to join with.
/// Where the batch is, shapes for that batch and for twice as many pictures tell. What is made is ONNX as well, so that the network runs with any batch elsewhere too.
/// </summary>
/// <param name="once">What is known for the file's batch.</param>
/// <param name="twice">What is known for twice as many pictures.</param>
/// <param name="batch">The file's batch; 1 where it is open.</param>
/// <param name="shapes">Makes shapes with the batch in them.</param>
/// <param name="names">Gives names to new values.</param>
/// <param name="addParameter">Takes new constants.</param>
internal sealed class BatchFreedom(StaticValues once, StaticValues twice, long batch, BatchShapes shapes, ValueNames names, Action<string, Tensor> addParameter)
{
    /// <summary>Positions before the batch inside its own axis, where it has been merged behind other dimensions.</summary>
    private readonly Dictionary<string, long> _before = new(StringComparer.Ordinal);

    /// <summary>The node, or what stands for it.</summary>
    public IReadOnlyList<Node> Free(Node node) => node.Inputs is not [{ Length: > 0 }, ..] || node.Inputs.Any(v => v.Length > 0 && (once.Shape(v) is null || twice.Shape(v) is null)) ? [node] : node.Operator switch
    {
        Reshape => [Reshaped(node)],
        Squeeze when node.Inputs.Count == 1 || node.Inputs[1].Length == 0 => [Squeezed(node)],
        Concat => Joined(node),
        Expand => Expanded(node),
        Resize => [Resized(node)],
        _ => [node],
    };

    /// <summary>Remembers where in a node's output the batch is.</summary>
    public void Follow(Node node)
    {
        shapes.Follow(node, IsConstant);
        if (_before.ContainsKey(node.Output) || BatchAxis(node.Output) is not { } axis) return;
        foreach (string value in node.Inputs)
            if (_before.TryGetValue(value, out long before) && once.Shape(value)![BatchAxis(value)!.Value] == once.Shape(node.Output)![axis]) _before[node.Output] = before;
    }

    /// <summary>A target that leaves the dimension open in which the batch ends up.</summary>
    private Node Reshaped(Node node)
    {
        if (BatchAxis(node.Inputs[0]) is not { } axis || Shape(node, once) is not { } target || target.Contains(0)) return node;
        long[] from = once.Shape(node.Inputs[0])!;
        long[]? doubled = Shape(node, twice);
        int place;
        if (IsConstant(node.Inputs[1]) && once.Value(node.Inputs[1]) is { } stated)
        {
            long before = Extents.Count(from.AsSpan(0, axis)) * _before.GetValueOrDefault(node.Inputs[0], 1);
            place = Place(target, before, Array.IndexOf(Integers(stated), -1));
            long rest = before / Extents.Count(target.AsSpan(0, place));
            if (rest > 1) _before[node.Output] = rest;
            long[] wanted = [.. target];
            wanted[place] *= 2;
            if (doubled is not null && doubled.AsSpan().SequenceEqual(wanted)) return node;
        }
        else
        {
            if (doubled is null || Difference(target, doubled) is not { } changed) return node;
            place = changed;
        }
        target[place] = -1;
        return node with { Inputs = [node.Inputs[0], Parameter(node.Output + ".shape", target)] };
    }

    /// <summary>Axes by name, so that a batch of one is not squeezed out.</summary>
    private Node Squeezed(Node node)
    {
        long[] shape = twice.Shape(node.Inputs[0])!;
        long[] axes = [.. Enumerable.Range(0, shape.Length).Where(i => shape[i] == 1).Select(i => (long)i)];
        return node with { Inputs = [node.Inputs[0], Parameter(node.Output + ".axes", axes)] };
    }

    /// <summary>Constants for one picture, such as a class token, repeated for each.</summary>
    private IReadOnlyList<Node> Joined(Node node)
    {
        int along = ((Concat)node.Operator).Joined([.. node.Inputs.Select(once.Known)]);
        if (node.Inputs.FirstOrDefault(v => BatchAxis(v) is { } a && a != along) is not { } batched) return [node];
        int axis = BatchAxis(batched)!.Value, rank = once.Shape(batched)!.Length;
        if (once.Shape(batched)![axis] != batch || !node.Inputs.Any(Repeats)) return [node];

        List<Node> nodes = [.. shapes.Make(node.Output, [.. Enumerable.Repeat(1L, rank)], axis)];
        string target = nodes[^1].Output;
        string[] inputs = [.. node.Inputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!Repeats(inputs[i])) continue;
            string name = names.Fresh($"{node.Output}.repeated");
            nodes.Add(new Node(name, new Expand(OperatorAttributes.None), [batch == 1 ? inputs[i] : First(inputs[i], axis), target], name));
            inputs[i] = name;
        }
        return [.. nodes, node with { Inputs = inputs }];

        bool Repeats(string value) => BatchAxis(value) is null && once.Shape(value) is { } shape && shape.Length == rank && shape[axis] == batch && (batch == 1 || Repeated(value, axis));
    }

    /// <summary>A shape of one plain form instead of the arithmetic that gives it.</summary>
    private IReadOnlyList<Node> Expanded(Node node)
    {
        if (shapes.IsPlain(node.Inputs[1]) || once.Value(node.Inputs[1]) is not { } value || twice.Value(node.Inputs[1]) is not { } doubled) return [node];
        long[] target = Integers(value);
        if (Difference(target, Integers(doubled)) is not { } axis || target[axis] != batch) return [node];
        IReadOnlyList<Node> made = shapes.Make(node.Output, target, axis);
        return [.. made, node with { Inputs = [node.Inputs[0], made[^1].Output] }];
    }

    /// <summary>Whether a value is known, and the same for every picture of the file's batch.</summary>
    private bool Repeated(string value, int axis)
    {
        if (once.Value(value) is not { } known) return false;
        using Tensor first = known.narrow(axis, 0, 1), same = first.eq(known), all = same.all();
        return all.item<bool>();
    }

    /// <summary>A parameter that holds what a value holds for the first picture.</summary>
    private string First(string value, int axis)
    {
        string name = names.Fresh(value + ".first");
        using Tensor first = once.Value(value)!.narrow(axis, 0, 1);
        addParameter(name, first.clone().DetachFromDisposeScope());
        return name;
    }

    /// <summary>Sizes of rows and columns only, also where scales that are no whole numbers say them: runtimes round those differently.</summary>
    private Node Resized(Node node)
    {
        long[] from = once.Shape(node.Inputs[0])!;
        if (node.Inputs.Count < 3 || node.Operator.Attributes.Values.ContainsKey("axes") || from.Length != 4 || Shape(node, once) is not { } to || Shape(node, twice) is not { } doubled) return node;
        if (to[0] != from[0] || !to.AsSpan(1).SequenceEqual(doubled.AsSpan(1))) return node;
        if ((to[1] == from[1] ? new long[] { 2, 3 } : to[3] == from[3] ? [1, 2] : null) is not { } axes) return node; // channels first, or last
        if (node.Operator.Attributes.Text("keep_aspect_ratio_policy", "stretch") != "stretch") return node; // rows and columns follow from all sizes
        if (node.Inputs.Count < 4 && !Stretches(once.Value(node.Inputs[2]), from, to)) return node;
        var attributes = new OperatorAttributes(node.Operator.Attributes.Values.Append(KeyValuePair.Create("axes", (object)axes)));
        return node with { Operator = new Resize(attributes), Inputs = [node.Inputs[0], Region(), "", Parameter(node.Output + ".sizes", [to[axes[0]], to[axes[1]]])] };

        // Starts of all axes, then ends.
        string Region() => once.Value(node.Inputs[1]) is { NumberOfElements: 8 } region ? Parameter(node.Output + ".region", region.index_select(0, tensor([axes[0], axes[1], axes[0] + 4, axes[1] + 4]))) : "";
    }

    /// <summary>Whether scales are what the sizes say, and not all whole numbers.</summary>
    private static bool Stretches(Tensor? scales, long[] from, long[] to)
    {
        if (scales is null || scales.dtype != ScalarType.Float32 || scales.NumberOfElements != from.Length || from.Contains(0)) return false;
        float[] stated = scales.data<float>().ToArray();
        return Array.Exists(stated, s => s != MathF.Floor(s)) && stated.Zip(from, to).All(s => s.First == (float)((double)s.Third / s.Second));
    }

    /// <summary>The dimension of a reshaped value into which the batch goes, which has <paramref name="before"/> positions before it.</summary>
    /// <param name="target">Dimensions for the file's batch.</param>
    /// <param name="before">Positions before the batch.</param>
    /// <param name="open">The dimension that the file leaves open, or -1.</param>
    private int Place(long[] target, long before, int open)
    {
        long passed = 1;
        for (int i = 0; i < target.Length; i++)
        {
            // Between two dimensions it may go to either: to the one left open, or to rows rather than to the features of a last dimension.
            if (passed == before) return target[i] != batch && i > 0 && open != i && (open == i - 1 || i == target.Length - 1) ? i - 1 : i;
            if (passed * target[i] > before) return i;
            passed *= target[i];
        }
        return target.Length - 1;
    }

    /// <summary>Whether a value is known, and the same for more pictures.</summary>
    public bool IsConstant(string value) => once.Value(value) is { } a && twice.Value(value) is { } b
        && (ReferenceEquals(a, b) || a.dtype == b.dtype && a.shape.AsSpan().SequenceEqual(b.shape) && a.bytes.SequenceEqual(b.bytes));

    /// <summary>The one axis that is longer for more pictures; null where there is none, or more.</summary>
    private int? BatchAxis(string value) => once.Shape(value) is { } single && twice.Shape(value) is { } pair ? Difference(single, pair) : null;

    private static int? Difference(long[] a, long[] b) =>
        a.Length == b.Length && Enumerable.Range(0, a.Length).Where(i => a[i] != b[i]).ToArray() is [var axis] ? axis : null;

    /// <summary>Shape of a node's output; null where it does not fit.</summary>
    private static long[]? Shape(Node node, StaticValues known)
    {
        try
        {
            return node.Operator.Shape([.. node.Inputs.Select(known.Known)]);
        }
        catch (CnnVisException)
        {
            return null;
        }
    }

    private string Parameter(string wish, long[] values) => Parameter(wish, tensor(values));

    private string Parameter(string wish, Tensor value)
    {
        string name = names.Fresh(wish);
        addParameter(name, value.DetachFromDisposeScope());
        return name;
    }

    private static long[] Integers(Tensor value)
    {
        using Tensor integers = value.to(ScalarType.Int64); // a damaged file may state fractions
        return integers.data<long>().ToArray();
    }
}
