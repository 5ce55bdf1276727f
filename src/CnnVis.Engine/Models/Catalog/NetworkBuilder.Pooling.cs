using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Catalog;

/// <content>Pooling, and the way from maps to units.</content>
internal sealed partial class NetworkBuilder
{
    /// <summary>Maximum over windows; with <paramref name="ceil"/>, a last one may reach over the border.</summary>
    public NetworkBuilder MaxPool(string name, int kernel, int stride, int padding = 0, bool ceil = false) => Append(name, new MaxPool(PoolWindow(kernel, stride, padding, ceil)));

    /// <summary>Mean over windows; padding counts as zeros, as PyTorch has it.</summary>
    public NetworkBuilder AveragePool(string name, int kernel, int stride, int padding = 0) =>
        Append(name, new AveragePool(new OperatorAttributes([.. Window((kernel, kernel), stride, (padding, padding)), ("count_include_pad", 1L)])));

    /// <summary>Every <paramref name="stride"/>th row and column, from the first on: the mean over windows of one.</summary>
    public NetworkBuilder Subsample(string name, int stride) => AveragePool(name, 1, stride);

    /// <summary>Mean of each map.</summary>
    public NetworkBuilder GlobalAveragePool(string name) => Append(name, new GlobalAveragePool(OperatorAttributes.None));

    /// <summary>
    /// PyTorch's AdaptiveAvgPool2d to a square of <paramref name="side"/>: nothing where the maps have that size, means over windows where the size divides theirs, and
    /// otherwise a product with constant matrices from either side, whose row i averages the positions ⌊i·n/side⌋ to ⌈(i+1)·n/side⌉ − 1.
    /// </summary>
    public NetworkBuilder AdaptiveAveragePool(string name, int side)
    {
        int from = (int)Shape[2];
        if (from == side) return this;
        if (from % side == 0) return AveragePool(name, from / side, from / side);
        float[] rows = new float[side * from], columns = new float[from * side];
        for (int i = 0; i < side; i++)
        {
            int first = i * from / side, end = ((i + 1) * from + side - 1) / side;
            for (int j = first; j < end; j++) rows[i * from + j] = columns[j * side + i] = 1f / (end - first);
        }
        Append($"{name}.columns", new MatMul(OperatorAttributes.None), Constant($"{name}.columns.matrix", columns, from, side)); // [N, C, n, side]
        string left = Constant($"{name}.rows.matrix", rows, side, from), right = Value;
        return From(left).Append(name, new MatMul(OperatorAttributes.None), right); // [N, C, side, side]
    }

    /// <summary>[N, C, H, W] to [N, C·H·W].</summary>
    public NetworkBuilder Flatten(string name = "flatten") => Append(name, new Flatten(new OperatorAttributes(("axis", 1L))));

    private static OperatorAttributes PoolWindow(int kernel, int stride, int padding, bool ceil) =>
        new([.. Window((kernel, kernel), stride, (padding, padding)), ("ceil_mode", ceil ? 1L : 0L)]);
}
