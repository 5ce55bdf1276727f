namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// Receptive fields of every node (Araujo, Norris and Sim, Distill 2019): through a window of extent k, stride s and padding p, a field of
/// size r, stride j and offset o becomes r + (k − 1)·j, j·s and o − p·j. Where branches join, the field is the smallest that holds both.
/// </summary>
public sealed class ReceptiveFieldWalk
{
    private readonly Dictionary<string, ReceptiveField?> _fields = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <param name="shapes">Its shapes.</param>
    public ReceptiveFieldWalk(Graph graph, ShapeWalk shapes)
    {
        _fields[graph.Input] = graph.InputShape.Count == 4 ? new ReceptiveField(1, 1, 1, 1, 0, 0) : null;
        foreach (Node node in graph.Nodes)
        {
            ReceptiveField? joined = null;
            foreach (string value in node.Inputs)
                if (_fields.GetValueOrDefault(value) is { } field) joined = joined is null ? field : Join(joined, field);
            _fields[node.Output] = joined is null ? null : Through(joined, node.Operator.Window(shapes.Operands(node)));
        }
    }

    /// <summary>Field of a computed value; null where the input has no rows and columns.</summary>
    public ReceptiveField? this[string value] => _fields[value];

    private static ReceptiveField Through(ReceptiveField field, SpatialWindow window) => new(
        (int)(field.Height + (window.Rows.Extent - 1) * field.StrideY),
        (int)(field.Width + (window.Columns.Extent - 1) * field.StrideX),
        field.StrideY * window.Rows.Stride,
        field.StrideX * window.Columns.Stride,
        field.OffsetY - window.Rows.Padding * field.StrideY,
        field.OffsetX - window.Columns.Padding * field.StrideX);

    private static ReceptiveField Join(ReceptiveField a, ReceptiveField b)
    {
        double top = Math.Min(a.OffsetY, b.OffsetY), left = Math.Min(a.OffsetX, b.OffsetX);
        double bottom = Math.Max(a.OffsetY + a.Height, b.OffsetY + b.Height), right = Math.Max(a.OffsetX + a.Width, b.OffsetX + b.Width);
        return new ReceptiveField((int)Math.Ceiling(bottom - top), (int)Math.Ceiling(right - left), Math.Max(a.StrideY, b.StrideY), Math.Max(a.StrideX, b.StrideX), top, left);
    }
}
