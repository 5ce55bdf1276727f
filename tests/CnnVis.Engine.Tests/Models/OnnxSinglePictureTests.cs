using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Dimension = CnnVis.Engine.Models.Onnx.TensorShapeProto.Types.Dimension;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Files that were written for one picture: three pictures give, for every layer, what each gives alone, and each what OnnxRuntime says; or the file is refused.</summary>
public sealed class OnnxSinglePictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    /// <summary>Ways to lose the batch and to go on. Each takes maps [1, 4, 6, 6] and gives a matrix [1, 144], or what is said.</summary>
    private static readonly Dictionary<string, Func<OnnxGraph, string, string>> _ways = new()
    {
        ["flatten from the first axis"] = (g, r) => g.Node("Flatten", [r], ("axis", 0L)),
        ["squeeze and put back"] = (g, r) => Flat(g, g.Node("Unsqueeze", [g.Node("Squeeze", [r, g.Integers(0)]), g.Integers(0)])),
        ["squeeze by no name, scale, put back"] = (g, r) => Flat(g, g.Node("Unsqueeze", [g.Node("Mul", [g.Node("Squeeze", [r]), g.Weight(Random(7, 4, 1, 1))]), g.Integers(0)])),
        ["gather the first"] = (g, r) => Flat(g, g.Node("Unsqueeze", [g.Node("Gather", [r, g.Integer(0)], ("axis", 0L)), g.Integers(0)])),
        ["gather a list of the first"] = (g, r) => Flat(g, g.Node("Gather", [r, g.Integers(0)], ("axis", 0L))),
        ["slice the first"] = (g, r) => Flat(g, g.Node("Slice", [r, g.Integers(0), g.Integers(1), g.Integers(0)])),
        ["slice the first and some rows"] = (g, r) => g.Node("Flatten", [g.Node("Slice", [r, g.Integers(0, 1), g.Integers(1, 5), g.Integers(0, 2)])]),
        ["split into one"] = (g, r) => Flat(g, g.Node("Split", [r, g.Integers(1)], ("axis", 0L))),
        ["reshape to a vector and back"] = (g, r) => g.Node("Reshape", [g.Node("Relu", [g.Node("Reshape", [r, g.Integers(-1)])]), g.Integers(1, 144)]),
        ["transpose without the batch"] = (g, r) => g.Node("Reshape", [g.Node("Transpose", [g.Node("Squeeze", [r, g.Integers(0)])], ("perm", (long[])[1, 2, 0])), g.Integers(1, 144)]),
        ["softmax and sums without the batch"] = (g, r) => g.Node("Unsqueeze", [g.Node("ReduceSum", [g.Node("Softmax", [g.Node("Squeeze", [r, g.Integers(0)])], ("axis", 0L)), g.Integers(1)], ("keepdims", 0L)), g.Integers(0)]),
        ["sums over the batch too"] = (g, r) => g.Node("Flatten", [g.Node("ReduceMean", [r], ("axes", (long[])[0, 2]), ("keepdims", 1L))]),
        ["sums along channels"] = (g, r) => Flat(g, g.Node("CumSum", [r, g.Integer(1)])),
        ["join without the batch"] = (g, r) => g.Node("Squeeze", [r, g.Integers(0)]) is var bare ? g.Node("Reshape", [g.Node("Concat", [bare, g.Node("Neg", [bare])], ("axis", 0L)), g.Integers(1, 288)]) : "",
        ["squeeze and excitation by vectors"] = (g, r) => Flat(g, g.Node("Mul", [r, g.Node("Reshape",
            [g.Node("Sigmoid", [g.Node("MatMul", [g.Node("Reshape", [g.Node("GlobalAveragePool", [r]), g.Integers(4)]), g.Weight(Random(9, 4, 4))])]), g.Integers(1, 4, 1, 1)])])),
        ["a vector as the answer"] = (g, r) => g.Node("Squeeze", [g.Node("MatMul", [g.Node("Flatten", [r]), g.Weight(Random(3, 144, 5))]), g.Integers(0)]),
        ["a number as the answer"] = (g, r) => g.Node("Reshape", [g.Node("MatMul", [g.Node("Flatten", [r]), g.Weight(Random(3, 144, 1))]), g.Node("Constant", [], ("value", zeros([0L], ScalarType.Int64)))]),
        ["statistics of the batch"] = (g, r) => Flat(g, g.Node("MeanVarianceNormalization", [r])),
        ["quantised by what is there"] = Dynamic,
    };

    public static TheoryData<string> Ways => [.. _ways.Keys];

    private static string Flat(OnnxGraph graph, string value) => graph.Node("Flatten", [value]);

    /// <summary>A convolution as OnnxRuntime's quantiser writes it where nothing was calibrated.</summary>
    private static string Dynamic(OnnxGraph graph, string value)
    {
        string[] q = graph.Nodes("DynamicQuantizeLinear", [value], 3);
        using Tensor numbers = randint(0, 255, [2, 4, 3, 3], generator: new Generator(4)).to(ScalarType.Int64);
        string weights = graph.Node("Cast", [graph.Weight(numbers)], ("to", 2L)), zero = graph.Node("Cast", [graph.Integer(120)], ("to", 2L));
        string real = graph.Node("Cast", [graph.Node("ConvInteger", [q[0], weights, q[2], zero])], ("to", 1L));
        return Flat(graph, graph.Node("Mul", [real, graph.Node("Mul", [q[1], graph.Number(0.001f)])]));
    }

    [Theory, MemberData(nameof(Ways))]
    public void EachPictureGetsWhatItGetsAlone(string way)
    {
        using var scope = NewDisposeScope();
        ModelProto model = Model(way);
        string path = Written(model);
        using Graph graph = OnnxReader.Read(path).Graph;
        Tensor pictures = Random(5, 3, 3, 6, 6);
        string[] values = [.. graph.Nodes.Select(n => n.Output)];
        Tensor[] together = new ForwardWalk(graph, values).Run(pictures);
        for (int i = 0; i < 3; i++)
        {
            Tensor[] alone = new ForwardWalk(graph, values).Run(pictures.narrow(0, i, 1));
            for (int v = 0; v < values.Length; v++)
            {
                if (alone[v].dtype != ScalarType.Float32 || alone[v].shape is not [1, ..]) continue; // sizes
                Assert.Equal(3, together[v].shape[0]);
                Assert.True((together[v].narrow(0, i, 1) - alone[v]).abs().max().item<float>() <= 1e-5f * Math.Max(1, alone[v].abs().max().item<float>()), $"{values[v]} of picture {i}");
            }
            using var session = new InferenceSession(model.ToByteArray());
            using var answers = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Floats(pictures.narrow(0, i, 1)), [1, 3, 6, 6]))]);
            float[] theirs = [.. answers[0].AsTensor<float>()], ours = Floats(alone[Array.IndexOf(values, graph.Output)]);
            Assert.Equal(theirs.Length, ours.Length);
            for (int k = 0; k < ours.Length; k++) Assert.True(MathF.Abs(ours[k] - theirs[k]) <= 1e-4f, $"[{k}] {ours[k]} where OnnxRuntime has {theirs[k]}");
        }
    }

    [Fact]
    public void WhatMixesPicturesIsRefused()
    {
        foreach (Func<OnnxGraph, string, string> way in (Func<OnnxGraph, string, string>[])
        [
            (g, r) => g.Node("Softmax", [g.Node("Flatten", [r])], ("axis", 0L)),
            (g, r) => g.Node("CumSum", [r, g.Integer(0)]),
            (g, r) => g.Node("MatMul", [g.Node("Reshape", [r, g.Integers(4, 36)]), g.Node("Transpose", [g.Node("Reshape", [r, g.Integers(4, 36)])])]), // a Gram matrix
            (g, r) => g.Node("LayerNormalization", [r, g.Weight(ones(1, 4, 6, 6))], ("axis", 0L)),
        ])
        {
            var error = Assert.Throws<CnnVisException>(() => OnnxReader.Read(Written(Model(way, open: false))));
            Assert.Equal(ErrorIds.OperatorNotSupported, error.ErrorId);
            Assert.Contains("-OutputName", error.Message);
        }
    }

    [Fact]
    public void APickedPictureOfAnOpenBatchIsRefused()
    {
        var error = Assert.Throws<CnnVisException>(() => OnnxReader.Read(Written(Model(_ways["gather the first"], open: true))));
        Assert.Equal(ErrorIds.OperatorNotSupported, error.ErrorId);
        Assert.Contains("-OutputName", error.Message);
    }

    private static ModelProto Model(string way) => Model(_ways[way], open: false);

    private static ModelProto Model(Func<OnnxGraph, string, string> way, bool open)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3, 6, 6);
        if (!open) graph.Proto.Input[0].Type.TensorType.Shape.Dim[0] = new Dimension { DimValue = 1 };
        string relu = graph.Node("Relu", [graph.Node("Conv", ["x", graph.Weight(Random(1, 4, 3, 3, 3))], ("pads", (long[])[1, 1, 1, 1]))]);
        graph.Output(way(graph, relu));
        graph.Proto.Output[0].Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } };
        return new ModelProto { IrVersion = 8, Graph = graph.Proto, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }

    private string Written(ModelProto model)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
