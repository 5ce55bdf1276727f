namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Maxima and means over windows, fixed or made to fit.</summary>
internal static class Pooling
{
    /// <summary>More entries than the matrices of an adaptive pooling need.</summary>
    private const long MatrixLimit = 1 << 20;

    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("max_pool1d max_pool2d max_pool3d max_pool2d_with_indices max_pool3d_with_indices mkldnn_max_pool2d", Max),
        ("avg_pool1d avg_pool2d avg_pool3d", Average),
        ("adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d _adaptive_avg_pool2d _adaptive_avg_pool3d mkldnn_adaptive_avg_pool2d", call => Adaptive(call, average: true)),
        ("adaptive_max_pool1d adaptive_max_pool2d", call => Adaptive(call, average: false)));

    private static int Spatial(AtenCall call) => call.Call.Operator.Contains("1d", StringComparison.Ordinal) ? 1 : call.Call.Operator.Contains("3d", StringComparison.Ordinal) ? 3 : 2;

    private static IEnumerable<(string, object)> Window(AtenCall call)
    {
        int spatial = Spatial(call);
        if (call.Rank("self") != spatial + 2) throw call.Wrong("has an input without a batch");
        long[] kernel = call.Ints("kernel_size", spatial, 1), pads = call.Ints("padding", spatial, 0);
        return
        [
            ("kernel_shape", kernel), ("strides", call.Ints("stride") is [] ? kernel : call.Ints("stride", spatial, 1)),
            ("pads", (long[])[.. pads, .. pads]), ("ceil_mode", call.Bool("ceil_mode") ? 1L : 0L),
        ];
    }

    private static void Max(AtenCall call) => call.Give("MaxPool", [call.Tensor("self")], [.. Window(call), ("dilations", call.Ints("dilation", Spatial(call), 1))]);

    private static void Average(AtenCall call)
    {
        if (call.Has("divisor_override")) throw call.Wrong("has a divisor of its own");
        call.Give("AveragePool", [call.Tensor("self")], [.. Window(call), ("count_include_pad", call.Bool("count_include_pad", true) ? 1L : 0L)]);
    }

    /// <summary>
    /// Means, or maxima, over windows i·n/m to (i+1)·n/m, rounded down and up: of whole maps, over windows of one size where that divides, and otherwise, of means, a product with constant matrices from either side.
    /// </summary>
    private static void Adaptive(AtenCall call, bool average)
    {
        int spatial = Spatial(call);
        string x = call.Tensor("self");
        if (call.Rank("self") != spatial + 2) throw call.Wrong("has an input without a batch");
        long[] to = [.. call.Call["output_size"] switch
        {
            { Items: { } items } => items.Select((item, i) => item.IsNone ? call.Extent("self", i + 2) : (long)(item.Number ?? throw call.Wrong("computes its output size"))),
            _ => call.Ints("output_size", spatial, 1),
        }];
        if (to.Length == 1) to = [.. Enumerable.Repeat(to[0], spatial)];
        if (to.All(t => t == 1))
        {
            call.Give(average ? "GlobalAveragePool" : "GlobalMaxPool", [x]);
            return;
        }
        long[] from = [.. Enumerable.Range(2, spatial).Select(i => call.Extent("self", i))];
        if (to.Any(t => t <= 0)) throw call.Wrong("pools to nothing");
        if (from.AsSpan().SequenceEqual(to)) call.Same(x);
        else if (from.Zip(to).All(e => e.First % e.Second == 0))
        {
            long[] kernel = [.. from.Zip(to, (f, t) => f / t)];
            call.Give(average ? "AveragePool" : "MaxPool", [x], ("kernel_shape", kernel), ("strides", kernel));
        }
        else if (!average || spatial != 2) throw call.Wrong($"pools {string.Join(" × ", from)} to {string.Join(" × ", to)} positions, whose windows differ in size");
        else
        {
            string columns = call.Emit("MatMul", [x, Matrix(call, from[1], to[1], transposed: true)]); // [N, C, H, to]
            call.Give("MatMul", [Matrix(call, from[0], to[0], transposed: false), columns]);
        }
    }

    /// <summary>[to, from]: row i averages the positions of window i.</summary>
    private static string Matrix(AtenCall call, long from, long to, bool transposed)
    {
        if (from > MatrixLimit || to > MatrixLimit || from * to > MatrixLimit) throw call.Wrong($"pools {from} to {to} positions");
        float[] matrix = new float[from * to];
        for (long i = 0; i < to; i++)
        {
            long first = i * from / to, end = ((i + 1) * from + to - 1) / to;
            for (long j = first; j < end; j++) matrix[transposed ? j * to + i : i * from + j] = 1f / (end - first);
        }
        return transposed ? call.Numbers(matrix, from, to) : call.Numbers(matrix, to, from);
    }
}
