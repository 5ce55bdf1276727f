using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>Writes targets as nodes behind a network's graph, so that whatever explains or attacks a value explains them, several from one pass.</summary>
/// <param name="network">The network.</param>
/// <param name="editor">Takes the nodes.</param>
internal sealed class TargetCompiler(Network network, GraphEditor editor)
{
    private readonly ShapeWalk _shapes = new(network.Graph);

    /// <summary>The targets; gives the names of their values, [N, 1] each, and of the value that has them side by side, [N, targets].</summary>
    /// <exception cref="CnnVisException">A target names nothing that the network has.</exception>
    public (string[] Columns, string All) Compile(IReadOnlyList<CnnTarget> targets)
    {
        using (_shapes)
        {
            string[] columns = [.. targets.Select(Column)];
            return (columns, columns is [var only] ? only : editor.Add("targets", "Concat", columns, ("axis", 1L)));
        }
    }

    private string Column(CnnTarget target) => target.Terms.Select(Weighted).Aggregate((a, b) => editor.Add("target.sum", "Add", [a, b]));

    private string Weighted(CnnTargetTerm term)
    {
        string value = term.IsClass ? Class(term) : Named(term, Value(term.Name));
        return term.Weight == 1 ? value : editor.Add("target.weighted", "Mul", [value, editor.Constant("target.weight", tensor((float)term.Weight))]);
    }

    private string Named(CnnTargetTerm term, string value) => network.Pictures(value) is { } moved
        ? Region(term, editor.PicturesFirst(value, moved.Axis, moved.Shape), term.Ranges, [1, .. moved.Axis.Own(moved.Shape)])
        : Region(term, value, term.Ranges, null);

    private string Class(CnnTargetTerm term)
    {
        Answer answer = network.Answers;
        answer.NeedClasses(network.Name, $"'{term}'");
        int index = network.Class(term.Name);
        if (answer.PixelLogits is not { } pixels)
        {
            if (term.WherePredicted || term.Ranges.Count > 0) throw Wrong(term, $"{network.Name} is no segmentation, so that its classes have no places");
            return Region(term, answer.Logits, [TargetRange.At(index)], [1, network.Classes.Count]);
        }
        int axis = answer.ClassAxis;
        long classes = _shapes[pixels][axis];
        if (classes == 1 && index == 1) throw Wrong(term, $"it is the complement of '{network.Classes[0]}': take that with a weight of -1");
        if (term.Ranges.Count is not (0 or 2)) throw Wrong(term, $"places of a class are rows and columns, as class({term.Name})[0:8,4:12]");
        TargetRange[] ranges = term.Ranges.Count == 0 ? [TargetRange.All, TargetRange.All] : [.. term.Ranges];
        TargetRange[] all = axis == 1 ? [TargetRange.At(index), .. ranges] : [.. ranges, TargetRange.At(index)];
        if (!term.WherePredicted) return Region(term with { Reduction = term.Reduction ?? TargetReduction.Mean }, pixels, all, null);

        // Seg-Grad-CAM's sum over the places of the class (Vinogradova et al. 2020, section 3).
        string predicted = classes == 1 ? editor.Add("target.where", "Greater", [pixels, editor.Constant("target.zero", tensor(0f))])
            : editor.Add("target.where", "Equal", [editor.Add("target.best", "ArgMax", [pixels], ("axis", (long)axis), ("keepdims", 1L)), editor.Constant("target.class", tensor((long)index))]);
        TargetRange[] one = axis == 1 ? [TargetRange.At(index), TargetRange.All, TargetRange.All] : [TargetRange.All, TargetRange.All, TargetRange.At(index)];
        long[] whole = [.. _shapes[pixels]];
        whole[axis] = 1;
        string own = Sliced(pixels, one, [.. _shapes[pixels]], term).Value;
        string kept = editor.Add("target.kept", "Where", [predicted, own, editor.Constant("target.none", tensor(0f))]);
        TargetRange[] box = axis == 1 ? [TargetRange.All, .. ranges] : [.. ranges, TargetRange.All];
        return Region(term with { Reduction = term.Reduction ?? TargetReduction.Sum }, kept, box, whole);
    }

    /// <summary>The mean, the sum, or the one number of a region: [N, 1].</summary>
    private string Region(CnnTargetTerm term, string value, IReadOnlyList<TargetRange> ranges, long[]? shape)
    {
        shape ??= [.. _shapes[value]];
        if (ranges.Count == shape.Length && shape.Length > 1)
        {
            if (ranges[0] is not ({ IsPlace: false, Start: null or 0 } or { IsPlace: true, Start: 0 })) throw Wrong(term, $"its first index is that of the picture, which is 0; {Described(value, shape)}");
            ranges = [.. ranges.Skip(1)];
        }
        if (ranges.Count == 0) ranges = [.. shape.Skip(1).Select(_ => TargetRange.All)];
        if (ranges.Count != shape.Length - 1) throw Wrong(term, $"it has {ranges.Count} indices, and {Described(value, shape)}: give {shape.Length - 1}, or with the picture's, 0, in front {shape.Length}");
        var (region, count) = Sliced(value, ranges, shape, term);
        if (count > 1 && term.Reduction is null) throw Wrong(term, $"it is {count:N0} numbers; {Described(value, shape)}: say mean(...) or sum(...), or name one");
        string row = editor.Add("target.row", "Reshape", [region, editor.Constant("target.row.shape", tensor(new[] { -1, count }))]);
        return count == 1 ? row : editor.Add("target.number", term.Reduction == TargetReduction.Sum ? "ReduceSum" : "ReduceMean", [row, editor.Constant("target.axis", tensor(new[] { 1L }))], ("keepdims", 1L));
    }

    private (string Value, long Count) Sliced(string value, IReadOnlyList<TargetRange> ranges, long[] shape, CnnTargetTerm term)
    {
        var (starts, ends, axes, count) = (new List<long>(), new List<long>(), new List<long>(), 1L);
        for (int i = 0; i < ranges.Count; i++)
        {
            long extent = shape[i + 1], start = From(ranges[i].Start ?? 0), end = ranges[i].IsPlace ? start + 1 : From(ranges[i].End ?? (int)extent);
            if (start < 0 || end > extent || start >= end) throw Wrong(term, $"{ranges[i]} is no place of axis {i + 1}, which has {extent} from 0; {Described(value, shape)}");
            count *= end - start;
            if (start == 0 && end == extent) continue;
            starts.Add(start);
            ends.Add(end);
            axes.Add(i + 1);

            long From(long place) => place < 0 ? place + extent : place;
        }
        if (axes.Count == 0) return (value, count);
        string sliced = editor.Add("target.slice", "Slice", [value, editor.Constant("target.starts", tensor(starts.ToArray())), editor.Constant("target.ends", tensor(ends.ToArray())), editor.Constant("target.axes", tensor(axes.ToArray()))]);
        return (sliced, count);
    }

    /// <summary>The value of an output, a layer, or that name.</summary>
    private string Value(string name)
    {
        Graph graph = network.Graph;
        if (network.Outputs.FirstOrDefault(o => o.Name == name) is { } output) return output.Name;
        if (network.Layers.FirstOrDefault(l => l.Name == name) is { } own) return network.Value(own);
        if (network.Layers.FirstOrDefault(l => l.Alias.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } layer) return network.Value(layer);
        if (graph.Producer(name) >= 0) return name;
        string[] near = [.. network.Outputs.Select(o => o.ToString()), .. Suggestion.For(name, network.Layers.Select(l => l.Alias))];
        throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} has no output and no layer '{name}'. Its outputs, and layers of like names, are {string.Join(", ", near.Distinct())}.", name);
    }

    private static string Described(string value, long[] shape) => $"'{value}' is [{string.Join(", ", shape.Skip(1))}] a picture";

    private static CnnVisException Wrong(CnnTargetTerm term, string what) => new(ErrorIds.InvalidArgument, $"The target '{term}' cannot be read: {what}.", term);
}
