using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Networks whose layer of tokens is known by construction: a patch is its mean (feature 0) and its negative mean (feature 1).</summary>
internal static class PatchMeans
{
    public const int Rows = 3, Columns = 5, Patch = 4;

    /// <summary>
    /// Tokens may follow others, may be turned, may be a map with its channels last, may have been mixed in windows of one column, as Swin's. The score is the mean of feature 0
    /// over the places.
    /// </summary>
    /// <returns>The network, and the name of the layer.</returns>
    public static (OnnxGraph Graph, string Layer) Graph(string form)
    {
        var g = new OnnxGraph(1, 1, Rows * Patch, Columns * Patch);
        string patches = g.Node("Conv", ["x", g.Weight(cat([full([1, 1, Patch, Patch], 1f / 16), full([1, 1, Patch, Patch], -1f / 16)]))], ("strides", new long[] { Patch, Patch }));
        string last = form is "channels last" or "windows" ? g.Node("Transpose", [patches], ("perm", new long[] { 0, 2, 3, 1 })) // [N, rows, columns, 2]
            : g.Node("Reshape", [patches, g.Integers(0, 2, -1)]); // [N, 2, places]
        if (form is "tokens" or "class token" or "registers at the end") last = g.Node("Transpose", [last], ("perm", new long[] { 0, 2, 1 }));
        if (form == "windows") last = Windows(g, last);
        string batch = g.Node("Shape", ["x"], ("start", 0L), ("end", 1L));
        string token = form is "class token" or "registers at the end" ? g.Node("Expand", [g.Weight(full([1, 1, 2], 100f)), g.Node("Concat", [batch, g.Integers(1, 2)], ("axis", 0L))]) : "";
        if (form == "class token") last = g.Node("Concat", [token, last], ("axis", 1L));
        if (form == "registers at the end") last = g.Node("Concat", [last, token], ("axis", 1L));
        // A layer of weights, one of features only, that leaves them as they are.
        string layer = last = form == "features first" ? g.Node("Add", [last, g.Weight(zeros(1, 2, 1))]) : g.Node("MatMul", [last, g.Weight(eye(2))]);
        string places = form == "class token" ? g.Node("Slice", [last, g.Integers(1), g.Integers(1000), g.Integers(1)])
            : form == "registers at the end" ? g.Node("Slice", [last, g.Integers(0), g.Integers(Rows * Columns), g.Integers(1)]) : last;
        string means = form == "features first" ? g.Node("ReduceMean", [places, g.Integers(2)], ("keepdims", 0L))
            : g.Node("ReduceMean", [places, form == "channels last" ? g.Integers(1, 2) : g.Integers(1)], ("keepdims", 0L)); // [N, 2]
        return (g.Output(g.Node("Gemm", [means, g.Weight(tensor(new float[] { 1, 0, 0, 1 }).reshape(2, 2))])), layer);
    }

    /// <summary>What the layer holds, by plain arithmetic.</summary>
    /// <param name="form">Of <see cref="Graph"/>.</param>
    /// <param name="pixels">[N, 1, H, W].</param>
    /// <returns>[N, 2, rows, columns].</returns>
    public static Tensor Expected(string form, Tensor pixels)
    {
        Tensor means = nn.functional.avg_pool2d(pixels, Patch), maps = cat([means, -means], 1);
        return form == "windows" ? maps + maps.mean([2], keepdim: true) : maps;
    }

    /// <summary>The network.</summary>
    public static Network Load(OnnxGraph graph) =>
        Network.Create("tokens", "test", OnnxReader.Convert(ShapeOperatorTests.Model(graph, 18)).Graph, new Dictionary<string, string>(), new ImportOptions());

    /// <summary>Tokens, and what goes round the windows: the mean over each column.</summary>
    private static string Windows(OnnxGraph g, string last)
    {
        string parted = g.Node("Reshape", [last, g.Integers(-1, 1, Rows, Columns, 1, 2)]);
        string windows = g.Node("Reshape", [g.Node("Transpose", [parted], ("perm", new long[] { 0, 1, 3, 2, 4, 5 })), g.Integers(-1, Rows, 2)]); // [N · columns, rows, 2]
        string mixed = g.Node("Add", [g.Node("ReduceMean", [windows, g.Integers(1)], ("keepdims", 1L)), g.Weight(zeros(1, Rows, 2))]);
        string back = g.Node("Transpose", [g.Node("Reshape", [mixed, g.Integers(-1, 1, Columns, Rows, 1, 2)])], ("perm", new long[] { 0, 1, 3, 2, 4, 5 }));
        string tokens = g.Node("Reshape", [last, g.Integers(-1, Rows * Columns, 2)]);
        return g.Node("Add", [tokens, g.Node("Reshape", [back, g.Integers(-1, Rows * Columns, 2)])]);
    }
}
