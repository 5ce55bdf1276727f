using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Where the picture's rows and columns are in every value: in two axes, or one after the other in an axis of tokens, from which a reshape may bring them back. Attention
/// mixes tokens and loses them; the sum with what went round it has them again.
/// </summary>
public sealed class SpatialWalk
{
    private readonly Dictionary<string, SpatialAxes?> _axes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TokenAxis> _tokens = new(StringComparer.Ordinal); // of values that have them
    private readonly Dictionary<string, Operand?[]> _operands = new(StringComparer.Ordinal); // by what nodes give, since several walks ask
    private readonly ShapeWalk _shapes;

    /// <param name="graph">The network.</param>
    /// <param name="shapes">Its shapes.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public SpatialWalk(Graph graph, ShapeWalk shapes, CancellationToken cancellation = default)
    {
        _shapes = shapes;
        _axes[graph.Input] = graph.InputShape.Count == 4 ? new SpatialAxes(2, 3) : null;
        foreach (Node node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            Operand?[] operands = Operands(node);
            if (node.Operator.Window(operands) == SpatialWindow.None) continue;
            long[] output = [.. shapes[node.Output]];
            SpatialAxes? axes = node.Operator.Axes(operands, output);
            if (axes is null && node.Operator.Traits.HasFlag(OperatorTraits.PassesOn) && operands[0] is { } first)
            {
                TokenAxis? before = Tokens(node.Inputs[0]);
                if (Reshaped(first, before, output) is { } reshaped) _tokens[node.Output] = reshaped;
                else if (before is { } grid) axes = Restored(first.Shape, grid, output);
            }
            else if (axes is null && node.Inputs.Any(_tokens.ContainsKey) && Followed(node, operands, [.. node.Inputs.Select(Tokens)], output) is { } followed)
            {
                _tokens[node.Output] = followed;
            }
            _axes[node.Output] = axes;
        }
    }

    /// <summary>Rows and columns of a value; null where they are lost, or lie in one axis.</summary>
    public SpatialAxes? Axes(string value) => _axes.GetValueOrDefault(value);

    /// <summary>The axis of a value that holds the places of a grid; null where there is none.</summary>
    public TokenAxis? Tokens(string value) => _tokens.TryGetValue(value, out TokenAxis tokens) ? tokens : null;

    /// <summary>What is known of a node's inputs, with their rows and columns.</summary>
    public Operand?[] Operands(Node node)
    {
        if (_operands.TryGetValue(node.Output, out Operand?[]? known)) return known;
        Operand?[] operands = _shapes.Operands(node);
        for (int i = 0; i < operands.Length; i++)
            if (operands[i] is { } operand) operands[i] = operand with { Axes = Axes(node.Inputs[i]) };
        return _operands[node.Output] = operands;
    }

    /// <summary>How the maps of a value lie in it; null where it has none.</summary>
    public PlaneLayout? Layout(string value) => PlaneLayout.Of(_shapes[value], Axes(value), Tokens(value));

    /// <summary>Whether a node takes of tokens only what stands for no place: the class token.</summary>
    /// <param name="node">The node.</param>
    /// <param name="from">Tokens of its first input.</param>
    /// <param name="to">Tokens of its output.</param>
    public static bool TakesNoPlace(Node node, TokenAxis? from, TokenAxis? to) => node.Operator is Gather or Slice or Split && from is { Before: > 0 } && to is null;

    /// <summary>Rows and columns become one axis, or tokens stay one.</summary>
    private static TokenAxis? Reshaped(Operand input, TokenAxis? tokens, long[] output)
    {
        if (tokens is { } grid) return Find(input.Shape, grid.Axis, input.Shape[grid.Axis], output) is >= 0 and var moved ? grid with { Axis = moved } : null;
        if (input.Axes is not { } axes || axes.Columns != axes.Rows + 1) return null;
        long rows = input.Shape[axes.Rows], columns = input.Shape[axes.Columns];
        return rows * columns > 1 && Find(input.Shape, axes.Rows, rows * columns, output) is >= 0 and var joined ? new TokenAxis(joined, (int)rows, (int)columns, 0) : null;
    }

    /// <summary>One axis becomes rows and columns again.</summary>
    private static SpatialAxes? Restored(long[] input, TokenAxis grid, long[] output)
    {
        if (input[grid.Axis] != grid.Places) return null;
        return Find(input, grid.Axis, grid.Rows, output) is >= 0 and var rows && rows + 1 < output.Length && output[rows + 1] == grid.Columns ? new SpatialAxes(rows, rows + 1) : null;
    }

    /// <summary>The axis of the output of that extent that has as many elements before it as an input's axis; -1 where there is none.</summary>
    private static int Find(long[] input, int axis, long extent, long[] output)
    {
        long before = Extents.Count(input.AsSpan(0, axis));
        // Of several axes with nothing between them, the one as far from the end.
        for (int i = output.Length - 1; i >= 0; i--)
            if (output[i] == extent && Extents.Count(output.AsSpan(0, i)) == before) return i;
        return -1;
    }

    /// <summary>Where the tokens are in the output. An operator is asked as if they were rows and columns both; what mixes or picks among them loses them.</summary>
    private static TokenAxis? Followed(Node node, Operand?[] operands, TokenAxis?[] tokens, long[] output)
    {
        int from = Array.FindIndex(tokens, t => t is not null);
        bool alone = tokens.Count(t => t is not null) == 1;
        TokenAxis grid = tokens[from]!.Value;
        long[] shape = operands[from]!.Value.Shape;
        Operand?[] asked = [.. operands];
        asked[from] = operands[from]!.Value with { Axes = new SpatialAxes(grid.Axis, grid.Axis) };
        switch (node.Operator)
        {
            case Concat concat when concat.Joined(operands) == grid.Axis:
                return alone ? grid with { Before = grid.Before + (int)operands[..from].Sum(o => o!.Value.Shape[grid.Axis]) } : null;
            case Slice or Split:
                WindowAxis cut = node.Operator.Window(asked).Rows;
                long before = grid.Before + (long)cut.Padding;
                return cut is { Extent: 1, Stride: 1 } && before >= 0 && before + grid.Places <= output[grid.Axis] ? grid with { Before = (int)before } : null;
            case MatMul when !alone || grid.Axis == (from == 0 ? shape.Length - 1 : shape.Length - 2):
                return null;
        }
        if (node.Operator.Axes(asked, output) is not { } axes || axes.Rows >= output.Length) return null;
        return output[axes.Rows] == shape[grid.Axis] ? grid with { Axis = axes.Rows } : null;
    }
}
