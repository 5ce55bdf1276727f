using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Activations;
using CnnVis.Engine.Graphs.Operators.Arithmetic;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Quantization;
using CnnVis.Engine.Graphs.Operators.Reductions;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx.Upgrades;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Nodes of networks that were written for one picture and take it out of its batch: Squeeze, Gather, Slice or Split of the first axis, Reshape to a vector, sums over
/// the batch. Here the batch stays: a value that has no batch axis in the file, a <em>bare</em> one, has it in front, and the nodes that follow are changed to match, until one
/// puts the axis back. So each picture of a batch gets what it would get alone.
/// </summary>
/// <param name="once">What is known for the file's batch.</param>
/// <param name="twice">What is known for twice as many pictures.</param>
/// <param name="declared">Whether the file says that its batch is one; where it is left open, a first picture that is picked out is meant.</param>
/// <param name="names">Gives names to new values.</param>
/// <param name="addParameter">Takes new constants.</param>
internal sealed class SinglePicture(StaticValues once, StaticValues twice, bool declared, ValueNames names, Action<string, Tensor> addParameter)
{
    private readonly HashSet<string> _bare = new(StringComparer.Ordinal);

    /// <summary>The node with the batch kept.</summary>
    /// <exception cref="CnnVisException">It takes a bare value in a way that does not show where the batch would be.</exception>
    public Node Keep(Node node)
    {
        if (node.Inputs.Count == 0) return node;
        if (node.Inputs.Any(v => v.Length > 0 && once.Shape(v) is null)) return node;
        return node.Inputs.Any(_bare.Contains) ? Follow(node) : TakesBatch(node.Inputs[0]) ? Lost(node) : node;
    }

    /// <summary>Whether a value's first axis is a batch of one picture.</summary>
    private bool TakesBatch(string value) => once.Shape(value) is [1, ..] one && twice.Shape(value) is [2, ..] two && one.AsSpan(1).SequenceEqual(two.AsSpan(1));

    /// <summary>The node where it takes the batch away.</summary>
    private Node Lost(Node node)
    {
        long[] shape = once.Shape(node.Inputs[0])!;
        switch (node.Operator)
        {
            case Squeeze when Given(node, 1) is { } axes:
                return axes.Any(a => a == 0 || a == -shape.Length) ? Bare(Axes(node, [.. axes.Where(a => a != 0 && a != -shape.Length)])) : node;
            case Squeeze when declared && (node.Inputs.Count == 1 || node.Inputs[1].Length == 0):
                return Bare(Axes(node, [.. Enumerable.Range(1, shape.Length - 1).Where(i => shape[i] == 1).Select(i => (long)i)]));
            case Gather when declared && Axis(node, 0, shape.Length) == 0 && once.Value(node.Inputs[1]) is { NumberOfElements: 1 } index && Numbers(index)[0] is 0 or -1:
                return index.dim() == 0 ? Bare(Same(node)) : index.dim() == 1 ? Same(node) : node;
            case Split { OutputCount: 1 } when Axis(node, 0, shape.Length) == 0:
                return Same(node);
            case Slice when declared && Given(node, 1) is { } starts && Given(node, 2) is { } ends:
                return Sliced(node, starts, ends, shape.Length);
            case Flatten when Axis(node, 1, shape.Length) == 0:
                return node with { Operator = new Flatten(new OperatorAttributes(("axis", 1L))) };
            case Reshape when Given(node, 1) is { } target && Target(node, shape, target) is { Length: <= 1 } vector && (vector.Length == 0 || vector[0] > 1):
                return Bare(Reshaped(node, [-1, .. vector]));
            case MeanVarianceNormalization norm when declared && norm.Normalised(shape.Length) is [0, .. var others]:
                return node with { Operator = new MeanVarianceNormalization(new OperatorAttributes(("axes", others.Select(a => (long)a).ToArray()))) };
            case DynamicQuantizeLinear when shape.Length > 1:
            case MaxPool { Attributes.Output: 1 } or MaxUnpool when declared:
            case ScatterElements when declared && Axis(node, 0, shape.Length) != 0 && node.Inputs.Skip(1).All(v => once.Value(v) is not null):
                OperatorAttributes stated = node.Operator.Attributes;
                return node with { Operator = OperatorCatalog.Create(node.Operator.Type, new OperatorAttributes(stated.Values.Append(KeyValuePair.Create(Operator.PicturesAttribute, (object)1L))) { Output = stated.Output, Outputs = stated.Outputs }) };
            case Reduction when declared && Reduced(node, shape.Length) is { } reduced && reduced.Contains(0):
                Node less = ReducedOver(node, [.. reduced.Where(a => a != 0)]);
                return node.Operator.Attributes.Integer("keepdims", 1) != 0 ? less : Bare(less);
            default:
                return node;
        }
    }

    /// <summary>The node where it takes values that have their batch in front only here.</summary>
    private Node Follow(Node node)
    {
        int rank = node.Inputs.Where(_bare.Contains).Max(v => once.Shape(v)!.Length) - 1; // in the file
        bool alike = node.Inputs.All(v => v.Length == 0 || (_bare.Contains(v) ? once.Shape(v)!.Length == rank + 1 : once.Value(v) is not null && once.Shape(v)!.Length <= rank));
        bool first = _bare.Contains(node.Inputs[0]) && node.Inputs.Skip(1).All(v => !_bare.Contains(v));
        long[] shape = first ? once.Shape(node.Inputs[0])![1..] : [];
        switch (node.Operator)
        {
            case AxisSoftmax when first:
                return Bare(Along(node, Axis(node, -1, rank)));
            case Pointwise or BinaryFunction or VariadicFunction or Graphs.Operators.Comparison.Where or Clip or PRelu when alike:
                return Bare(node);
            case Concat when node.Inputs.All(_bare.Contains):
                return Bare(Along(node, Axis(node, 1, rank)));
            case Split or ArgReduction when first:
                return Bare(Along(node, Axis(node, 0, rank)));
            case Gather when first && once.Value(node.Inputs[1]) is not null:
                return Bare(Along(node, Axis(node, 0, rank)));
            case Reduction when first && Reduced(node, rank) is { } reduced:
                return Bare(ReducedOver(node, [.. reduced.Select(a => a + 1)]));
            case Unsqueeze when first && Given(node, 1) is { } axes:
                long[] placed = [.. axes.Select(a => a < 0 ? a + rank + axes.Length : a)];
                return placed.Contains(0) ? Axes(node, [.. placed.Where(a => a != 0)]) : Bare(Axes(node, [.. placed.Select(a => a + 1)]));
            case Squeeze when first:
                long[] taken = Given(node, 1) is { } named ? [.. named.Select(a => a < 0 ? a + rank : a)] : [.. Enumerable.Range(0, rank).Where(i => shape[i] == 1).Select(i => (long)i)];
                return Bare(Axes(node, [.. taken.Select(a => a + 1)]));
            case Reshape when first && Given(node, 1) is { } wanted && Target(node, shape, wanted) is { } target:
                return target is [1, ..] ? Reshaped(node, [-1, .. target[1..]]) : Bare(Reshaped(node, [-1, .. target]));
            case Flatten when first:
                int axis = Axis(node, 1, rank);
                long[] sides = [Extents.Count(shape.AsSpan(0, axis)), Extents.Count(shape.AsSpan(axis))];
                return sides[0] == 1 ? Reshaped(node, [-1, sides[1]]) : Bare(Reshaped(node, [-1, .. sides]));
            case Transpose when first:
                long[] order = node.Operator.Attributes.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
                return Bare(node with { Operator = new Transpose(new OperatorAttributes(("perm", (long[])[0, .. order.Select(a => a + 1)]))) });
            case MatMul when first && once.Value(node.Inputs[1]) is { } right && (right.dim() == 2 || right.dim() == 1 && rank == 1):
                return Bare(node);
            case MatMul when !_bare.Contains(node.Inputs[0]) && once.Value(node.Inputs[0]) is { } left && left.dim() == 2 && rank >= 2:
                return Bare(node);
            case MatMul when node.Inputs.All(_bare.Contains) && rank >= 2 && node.Inputs.All(v => once.Shape(v)!.Length == rank + 1):
                return Bare(node);
            case ShapeOf when first:
                long start = node.Operator.Attributes.Integer("start", 0), end = node.Operator.Attributes.Integer("end", long.MaxValue);
                (string, object)[] bounds = [("start", start >= 0 ? start + 1 : Math.Max(start, -rank)), .. end == long.MaxValue ? Array.Empty<(string, object)>() : [("end", end >= 0 ? end + 1 : end)]];
                return node with { Operator = new ShapeOf(new OperatorAttributes(bounds)) };
            default:
                throw new CnnVisException(ErrorIds.OperatorNotSupported, $"'{node.Name}' ({node.Operator.Type}) takes a value that has lost its batch axis: the network was written for one picture. Export it with the batch left open, or choose a value before that with -OutputName.", node.Name);
        }
    }

    private Node Bare(Node node)
    {
        _bare.Add(node.Output);
        return node;
    }

    private static Node Same(Node node) => node with { Operator = new Identity(OperatorAttributes.None), Inputs = [node.Inputs[0]] };

    /// <summary>Squeeze or Unsqueeze of other axes; what is left of one of none.</summary>
    private Node Axes(Node node, long[] axes) => axes.Length == 0 ? Same(node) : node with { Inputs = [node.Inputs[0], Parameter(node.Output + ".axes", axes)] };

    private Node Reshaped(Node node, long[] target) => node with { Operator = new Reshape(OperatorAttributes.None), Inputs = [node.Inputs[0], Parameter(node.Output + ".shape", target)] };

    private Node ReducedOver(Node node, long[] axes)
    {
        OperatorAttributes none = new([.. node.Operator.Attributes.Values.Where(a => a.Key != "noop_with_empty_axes"), KeyValuePair.Create("noop_with_empty_axes", (object)1L)]);
        return node with { Operator = axes.Length > 0 ? node.Operator : OperatorCatalog.Create(node.Operator.Type, none), Inputs = [node.Inputs[0], Parameter(node.Output + ".axes", axes)] };
    }

    /// <summary>The node along the axis behind the one that it has in the file.</summary>
    private static Node Along(Node node, int axis)
    {
        OperatorAttributes old = node.Operator.Attributes;
        var attributes = new OperatorAttributes([.. old.Values.Where(a => a.Key != "axis"), KeyValuePair.Create("axis", (object)(axis + 1L))]) { Output = old.Output, Outputs = old.Outputs };
        return node with { Operator = OperatorCatalog.Create(node.Operator.Type, attributes) };
    }

    private Node Sliced(Node node, long[] starts, long[] ends, int rank)
    {
        long[] axes = Given(node, 3) ?? [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)], steps = Given(node, 4) ?? [.. Enumerable.Repeat(1L, starts.Length)];
        if (axes.Length != starts.Length || ends.Length != starts.Length || steps.Length != starts.Length) return node;
        int cut = Array.FindIndex(axes, a => a == 0 || a == -rank);
        if (cut < 0 || steps[cut] != 1 || starts[cut] is not (0 or < 0) || ends[cut] < 1) return node;
        int[] others = [.. Enumerable.Range(0, axes.Length).Where(i => i != cut)];
        if (others.Length == 0) return Same(node);
        return node with { Inputs = [node.Inputs[0], .. new[] { ("starts", starts), ("ends", ends), ("axes", axes), ("steps", steps) }.Select(p => Parameter($"{node.Output}.{p.Item1}", [.. others.Select(i => p.Item2[i])]))] };
    }

    private long[]? Reduced(Node node, int rank) => node.Inputs.Count > 1 && node.Inputs[1].Length > 0 && Given(node, 1) is not { Length: >= 0 } ? null
        : Given(node, 1) is { Length: > 0 } axes ? [.. axes.Select(a => a < 0 ? a + rank : a)]
        : node.Operator.Attributes.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank).Select(a => (long)a)];

    private static int Axis(Node node, long otherwise, int rank) => node.Operator.Attributes.Integer("axis", otherwise) is var axis && axis < 0 ? (int)(axis + rank) : (int)axis;

    /// <summary>What a Reshape makes of a shape; null where they do not go together.</summary>
    private static long[]? Target(Node node, long[] from, long[] wanted)
    {
        bool keep = node.Operator.Attributes.Integer("allowzero", 0) == 0;
        long[] target = [.. wanted.Select((extent, i) => extent == 0 && keep && i < from.Length ? from[i] : extent)];
        long total = Extents.Count(from), known = Extents.Count([.. target.Where(e => e != -1)]);
        if (target.Count(e => e == -1) > 1 || known <= 0 || total % known != 0) return null;
        return [.. target.Select(e => e == -1 ? total / known : e)];
    }

    /// <summary>The numbers of an input that is the same for any batch; null where it is left out or computed.</summary>
    private long[]? Given(Node node, int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0 && once.Value(node.Inputs[input]) is { } a && twice.Value(node.Inputs[input]) is { } b
        && Numbers(a).AsSpan().SequenceEqual(Numbers(b)) ? Numbers(a) : null;

    private static long[] Numbers(Tensor value)
    {
        using Tensor whole = value.to(ScalarType.Int64);
        return whole.data<long>().ToArray();
    }

    private string Parameter(string wish, long[] values)
    {
        string name = names.Fresh(wish);
        addParameter(name, tensor(values).DetachFromDisposeScope());
        return name;
    }
}
