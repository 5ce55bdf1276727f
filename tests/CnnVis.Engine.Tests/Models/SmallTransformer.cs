using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>
/// A vision transformer as PyTorch's exporters write it: 8×8 pictures, patches of 4, eight channels, two heads, one block. The pieces differ as
/// exporters differ; the arithmetic does not.
/// </summary>
internal sealed class SmallTransformer
{
    private const long Channels = 8, Heads = 2, Tokens = 5;
    private readonly Generator _random = new(11);

    public OnnxGraph Graph { get; } = new(1, 3, 8, 8);

    public Tensor Random(params long[] shape) => randn(shape, generator: _random) * 0.4;

    /// <summary>timm's ViT through the TorchScript exporter, the batch dynamic: every shape is put together from Shape, Gather, Unsqueeze and Concat.</summary>
    public static OnnxGraph TorchScript()
    {
        var vit = new SmallTransformer();
        OnnxGraph g = vit.Graph;
        string patches = vit.Patches();
        string flat = g.Node("Reshape", [patches, g.Node("Concat", [vit.Extent(patches, 0), vit.Extent(patches, 1), g.Integers(-1)], ("axis", 0L))]);
        string tokens = g.Node("Transpose", [flat], ("perm", new long[] { 0, 2, 1 }));
        // expand(B, -1, -1)
        string wanted = g.Node("Concat", [vit.Extent("x", 0), g.Integers(-1), g.Integers(-1)], ("axis", 0L));
        string ones = g.Node("ConstantOfShape", [g.Integers(3)], ("value", tensor(new[] { 1L })));
        string kept = g.Node("Equal", [wanted, g.Node("Mul", [ones, g.Integer(-1)])]);
        string token = g.Node("Expand", [g.Weight(vit.Random(1, 1, Channels)), g.Node("Where", [kept, ones, wanted])]);
        string x = g.Node("Add", [g.Node("Concat", [token, tokens], ("axis", 1L)), g.Weight(vit.Random(1, Tokens, Channels))]);

        string normal = vit.DecomposedNorm(x);
        string batch = vit.Extent(normal, 0), length = vit.Extent(normal, 1);
        string qkv = g.Node("Add", [g.Node("MatMul", [normal, g.Weight(vit.Random(Channels, 3 * Channels))]), g.Weight(vit.Random(3 * Channels))]);
        string parted = g.Node("Reshape", [qkv, g.Node("Concat", [batch, length, g.Integers(3), g.Integers(Heads), g.Integers(Channels / Heads)], ("axis", 0L))]);
        string turned = g.Node("Transpose", [parted], ("perm", new long[] { 2, 0, 3, 1, 4 }));
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => g.Node("Gather", [turned, g.Integer(i)], ("axis", 0L)))];
        string scores = g.Node("MatMul", [g.Node("Mul", [parts[0], g.Number(0.5f)]), g.Node("Transpose", [parts[1]], ("perm", new long[] { 0, 1, 3, 2 }))]);
        string seen = g.Node("MatMul", [g.Node("Softmax", [scores], ("axis", -1L)), parts[2]]);
        string joined = g.Node("Reshape", [g.Node("Transpose", [seen], ("perm", new long[] { 0, 2, 1, 3 })), g.Node("Concat", [batch, length, g.Integers(Channels)], ("axis", 0L))]);
        x = g.Node("Add", [x, vit.Linear(joined, Channels)]);
        return vit.Finish(g.Node("Add", [x, vit.Mlp(vit.DecomposedNorm(x))]));
    }

    /// <summary>torchvision's ViT, exported for a fixed batch: every shape is a constant, nn.MultiheadAttention merges batch and heads, the class token is a parameter.</summary>
    public static OnnxGraph FixedBatch(long batch)
    {
        var vit = new SmallTransformer();
        OnnxGraph g = vit.Graph;
        g.Proto.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = batch };
        string flat = g.Node("Reshape", [vit.Patches(), g.Integers(batch, Channels, 4)]);
        string tokens = g.Node("Transpose", [flat], ("perm", new long[] { 0, 2, 1 }));
        string x = g.Node("Add", [g.Node("Concat", [g.Weight(vit.Random(1, 1, Channels).expand(batch, 1, Channels).contiguous()), tokens], ("axis", 1L)), g.Weight(vit.Random(1, Tokens, Channels))]);

        string normal = g.Node("Transpose", [vit.LayerNorm(x)], ("perm", new long[] { 1, 0, 2 })); // [tokens, batch, channels]
        string qkv = g.Node("Add", [g.Node("MatMul", [normal, g.Weight(vit.Random(Channels, 3 * Channels))]), g.Weight(vit.Random(3 * Channels))]);
        string parted = g.Node("Unsqueeze", [g.Node("Reshape", [qkv, g.Integers(Tokens, batch, 3, Channels)]), g.Integers(0)]);
        string turned = g.Node("Squeeze", [g.Node("Transpose", [parted], ("perm", new long[] { 3, 1, 2, 0, 4 })), g.Integers(3)]);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => g.Node("Transpose",
            [g.Node("Reshape", [g.Node("Gather", [turned, g.Integer(i)], ("axis", 0L)), g.Integers(Tokens, batch * Heads, Channels / Heads)])], ("perm", new long[] { 1, 0, 2 })))];
        string query = g.Node("Reshape", [parts[0], g.Integers(batch, Heads, Tokens, Channels / Heads)]);
        string key = g.Node("Reshape", [parts[1], g.Integers(batch, Heads, Tokens, Channels / Heads)]);
        string value = g.Node("Reshape", [parts[2], g.Integers(batch, Heads, Tokens, Channels / Heads)]);
        string scores = g.Node("Mul", [g.Node("MatMul", [query, g.Node("Transpose", [key], ("perm", new long[] { 0, 1, 3, 2 }))]), g.Number(0.5f)]);
        string seen = g.Node("MatMul", [g.Node("Softmax", [scores], ("axis", -1L)), value]);
        string rows = g.Node("Reshape", [g.Node("Transpose", [seen], ("perm", new long[] { 2, 0, 1, 3 })), g.Integers(Tokens * batch, Channels)]);
        string projected = g.Node("Gemm", [rows, g.Weight(vit.Random(Channels, Channels)), g.Weight(vit.Random(Channels))], ("transB", 1L));
        string back = g.Node("Transpose", [g.Node("Reshape", [projected, g.Integers(Tokens, batch, Channels)])], ("perm", new long[] { 1, 0, 2 }));
        x = g.Node("Add", [back, x]);
        return vit.Finish(g.Node("Add", [x, vit.Mlp(vit.LayerNorm(x))]));
    }

    /// <summary>The dynamo exporter: one operator for normalisation, the batch by Shape with start and end, shapes with allowzero.</summary>
    public static OnnxGraph Dynamo()
    {
        var vit = new SmallTransformer();
        OnnxGraph g = vit.Graph;
        string batch = g.Node("Shape", ["x"], ("start", 0L), ("end", 1L));
        string Shape(params long[] rest) => g.Node("Concat", [batch, g.Integers(rest)], ("axis", 0L));
        string flat = g.Node("Reshape", [vit.Patches(), Shape(Channels, 4)], ("allowzero", 1L));
        string tokens = g.Node("Transpose", [flat], ("perm", new long[] { 0, 2, 1 }));
        string token = g.Node("Expand", [g.Weight(vit.Random(1, 1, Channels)), Shape(1, Channels)]);
        string x = g.Node("Add", [g.Node("Concat", [token, tokens], ("axis", 1L)), g.Weight(vit.Random(1, Tokens, Channels))]);

        string qkv = g.Node("Add", [g.Node("MatMul", [vit.LayerNorm(x), g.Weight(vit.Random(Channels, 3 * Channels))]), g.Weight(vit.Random(3 * Channels))]);
        string[] parts = [.. g.Nodes("Split", [qkv], 3, ("axis", 2L), ("num_outputs", 3L)).Select(part => g.Node("Transpose",
            [g.Node("Reshape", [part, Shape(Tokens, Heads, Channels / Heads)], ("allowzero", 1L))], ("perm", new long[] { 0, 2, 1, 3 })))];
        string scores = g.Node("MatMul", [g.Node("Mul", [parts[0], g.Number(0.5f)]), g.Node("Transpose", [parts[1]], ("perm", new long[] { 0, 1, 3, 2 }))]);
        string seen = g.Node("MatMul", [g.Node("Softmax", [scores], ("axis", -1L)), parts[2]]);
        string joined = g.Node("Reshape", [g.Node("Transpose", [seen], ("perm", new long[] { 0, 2, 1, 3 })), Shape(Tokens, Channels)], ("allowzero", 1L));
        x = g.Node("Add", [x, vit.Linear(joined, Channels)]);
        return vit.Finish(g.Node("Add", [x, vit.Mlp(vit.LayerNorm(x))]));
    }

    /// <summary>A ConvNeXt block behind a patch convolution, channels last inside, and its head.</summary>
    /// <param name="decomposed">Whether normalisation is spelt out.</param>
    public static OnnxGraph ConvNeXt(bool decomposed)
    {
        var vit = new SmallTransformer();
        OnnxGraph g = vit.Graph;
        string x = g.Node("Conv", ["x", g.Weight(vit.Random(Channels, 3, 2, 2))], ("strides", new long[] { 2, 2 }));
        string mixed = g.Node("Conv", [x, g.Weight(vit.Random(Channels, 1, 7, 7))], ("pads", new long[] { 3, 3, 3, 3 }), ("group", Channels));
        string last = g.Node("Transpose", [mixed], ("perm", new long[] { 0, 2, 3, 1 }));
        string inner = vit.Mlp(decomposed ? vit.DecomposedNorm(last) : vit.LayerNorm(last));
        string first = g.Node("Transpose", [g.Node("Mul", [inner, g.Weight(vit.Random(Channels))])], ("perm", new long[] { 0, 3, 1, 2 }));
        x = g.Node("Add", [x, first]);
        string pooled = g.Node("ReduceMean", [x, g.Integers(-1, -2)], ("keepdims", 1L));
        string flat = g.Node("Flatten", [pooled], ("axis", 1L));
        return g.Output(vit.Linear(flat, 4));
    }

    private string Patches() => Graph.Node("Conv", ["x", Graph.Weight(Random(Channels, 3, 4, 4)), Graph.Weight(Random(Channels))], ("strides", new long[] { 4, 4 }), ("kernel_shape", new long[] { 4, 4 }));

    private string Extent(string value, long axis) => Graph.Node("Unsqueeze", [Graph.Node("Gather", [Graph.Node("Shape", [value]), Graph.Integer(axis)], ("axis", 0L)), Graph.Integers(0)]);

    private string LayerNorm(string x) => Graph.Node("LayerNormalization", [x, Graph.Weight(Random(Channels)), Graph.Weight(Random(Channels))], ("axis", -1L), ("epsilon", 1e-6f));

    private string DecomposedNorm(string x)
    {
        OnnxGraph g = Graph;
        string centred = g.Node("Sub", [x, g.Node("ReduceMean", [x, g.Integers(-1)], ("keepdims", 1L))]);
        string variance = g.Node("ReduceMean", [g.Node("Pow", [centred, g.Number(2)]), g.Integers(-1)], ("keepdims", 1L));
        string normal = g.Node("Div", [centred, g.Node("Sqrt", [g.Node("Add", [variance, g.Number(1e-6f)])])]);
        return g.Node("Add", [g.Node("Mul", [normal, g.Weight(Random(Channels))]), g.Weight(Random(Channels))]);
    }

    private string Linear(string x, long outputs) => Graph.Node("Add", [Graph.Weight(Random(outputs)), Graph.Node("MatMul", [x, Graph.Weight(Random(Channels, outputs))])]);

    private string Mlp(string x)
    {
        OnnxGraph g = Graph;
        string hidden = g.Node("MatMul", [x, g.Weight(Random(Channels, 16))]);
        string error = g.Node("Add", [g.Node("Erf", [g.Node("Div", [hidden, g.Number(MathF.Sqrt(2))])]), g.Number(1)]);
        string gelu = g.Node("Mul", [g.Node("Mul", [hidden, error]), g.Number(0.5f)]);
        return g.Node("MatMul", [gelu, g.Weight(Random(16, Channels))]);
    }

    private OnnxGraph Finish(string x)
    {
        string token = Graph.Node("Gather", [LayerNorm(x), Graph.Integer(0)], ("axis", 1L));
        return Graph.Output(Graph.Node("Gemm", [token, Graph.Weight(Random(4, Channels)), Graph.Weight(Random(4))], ("transB", 1L)));
    }
}
