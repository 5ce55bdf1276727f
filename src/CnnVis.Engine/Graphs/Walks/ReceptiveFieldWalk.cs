namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Receptive fields of every node (Araujo, Norris and Sim, Distill 2019): through a window of extent k, stride s and padding p, a field of
/// size r, stride j and offset o becomes r + (k − 1)·j, j·s and o − p·j. Where branches join, the field is the smallest that holds both.
/// Rows and columns are followed through transposed and reshaped values and axes of tokens; where they are lost, the field is the whole map.
/// </summary>
public sealed class ReceptiveFieldWalk
{
    private readonly Dictionary<string, ReceptiveField?> _fields = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <param name="shapes">Its shapes.</param>
    public ReceptiveFieldWalk(Graph graph, ShapeWalk shapes) : this(graph, new SpatialWalk(graph, shapes)) { }

    /// <param name="graph">The network.</param>
    /// <param name="places">Where rows and columns are in its values.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public ReceptiveFieldWalk(Graph graph, SpatialWalk places, CancellationToken cancellation = default)
    {
        _fields[graph.Input] = places.Axes(graph.Input) is null ? null : new ReceptiveField(1, 1, 1, 1, 0, 0);
        foreach (Node node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            Operand?[] operands = places.Operands(node);
            SpatialWindow window = node.Operator.Window(operands);
            bool lost = places.Axes(node.Output) is null && places.Tokens(node.Output) is null;
            ReceptiveField? joined = null;
            if (window != SpatialWindow.None)
                foreach (var (value, operand) in node.Inputs.Zip(operands))
                    if (_fields.GetValueOrDefault(value) is { } field)
                        joined = Join(joined,
                            operand is { Axes: { } map } ? Through(field, Seen(window, operand.Value, map, lost))
                            : SpatialWalk.TakesNoPlace(node, places.Tokens(value), places.Tokens(node.Output)) ? field with { StrideY = 0, StrideX = 0 }
                            : lost && places.Tokens(value) is { } grid ? Through(field, SpatialWindow.Whole(grid.Rows, grid.Columns))
                            : field);
            _fields[node.Output] = joined;
        }
    }

    /// <summary>Field of a computed value; null where it does not come from the picture, or the input has no rows and columns.</summary>
    public ReceptiveField? this[string value] => _fields[value];

    /// <summary>The window over a map. Operators that slide speak of the last two axes: over others, and where rows and columns end, all of the map is seen.</summary>
    private static SpatialWindow Seen(SpatialWindow window, Operand operand, SpatialAxes map, bool lost)
    {
        long rows = operand.Shape[map.Rows], columns = operand.Shape[map.Columns];
        bool usual = map == new SpatialAxes(operand.Shape.Length - 2, operand.Shape.Length - 1);
        bool known = usual || Plain(window.Rows, rows) && Plain(window.Columns, columns);
        return lost || !known ? SpatialWindow.Whole(rows, columns) : window;

        static bool Plain(WindowAxis axis, long extent) => axis == WindowAxis.Pointwise || axis == new WindowAxis(extent, 0, 0);
    }

    private static ReceptiveField Through(ReceptiveField field, SpatialWindow window) => new(
        (int)(field.Height + (window.Rows.Extent - 1) * field.StrideY),
        (int)(field.Width + (window.Columns.Extent - 1) * field.StrideX),
        field.StrideY * window.Rows.Stride,
        field.StrideX * window.Columns.Stride,
        field.OffsetY - window.Rows.Padding * field.StrideY,
        field.OffsetX - window.Columns.Padding * field.StrideX);

    private static ReceptiveField Join(ReceptiveField? a, ReceptiveField b)
    {
        if (a is null) return b;
        double top = Math.Min(a.OffsetY, b.OffsetY), left = Math.Min(a.OffsetX, b.OffsetX);
        double bottom = Math.Max(a.OffsetY + a.Height, b.OffsetY + b.Height), right = Math.Max(a.OffsetX + a.Width, b.OffsetX + b.Width);
        return new ReceptiveField((int)Math.Ceiling(bottom - top), (int)Math.Ceiling(right - left), Math.Max(a.StrideY, b.StrideY), Math.Max(a.StrideX, b.StrideX), top, left);
    }
}
