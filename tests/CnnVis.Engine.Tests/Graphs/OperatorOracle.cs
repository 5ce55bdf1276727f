using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Small ONNX models, run by Microsoft.ML.OnnxRuntime and by the graph: the answers have to agree.</summary>
internal static class OperatorOracle
{
    /// <summary>One node over the input "x" and constants.</summary>
    /// <param name="type">ONNX's name of the operator.</param>
    /// <param name="opset">Operator set of the file.</param>
    /// <param name="attributes">long, float, string, or arrays of these.</param>
    /// <param name="input">Value of "x", float32; its first dimension is the batch and is declared open.</param>
    /// <param name="constants">Further inputs; null for one left out.</param>
    /// <param name="outputs">Outputs of the node; each is compared.</param>
    /// <param name="tolerance">Largest difference, as a share of the largest value.</param>
    public static void Agrees(string type, int opset, (string Name, object Value)[] attributes, Tensor input, Tensor?[]? constants = null, int outputs = 1, float tolerance = 1e-4f)
        => Agrees(Single(type, attributes, input, constants, outputs), opset, input, tolerance);

    /// <summary>What the graph alone makes of one node, for operators that OnnxRuntime lacks.</summary>
    public static Tensor Ours(string type, int opset, (string Name, object Value)[] attributes, Tensor input, Tensor?[]? constants = null)
    {
        GraphProto graph = Single(type, attributes, input, constants, 1);
        graph.Output.Add(new ValueInfoProto { Name = "y0" });
        using var ours = OnnxReader.Convert(Model(graph, opset)).Graph;
        return new ForwardWalk(ours, [ours.Output]).Run(input)[0];
    }

    private static GraphProto Single(string type, (string Name, object Value)[] attributes, Tensor input, Tensor?[]? constants, int outputs)
    {
        var node = new NodeProto { Name = "node", OpType = type, Input = { "x" } };
        node.Attribute.AddRange(attributes.Select(a => OnnxWriter.Attribute(a.Name, a.Value)));
        var graph = new GraphProto { Name = "case", Node = { node }, Input = { OnnxWriter.Value("x", input.shape) } };
        foreach (Tensor? constant in constants ?? [])
        {
            string name = constant is null ? "" : $"c{graph.Initializer.Count}";
            if (constant is not null) graph.Initializer.Add(new OnnxTensorContent(name, constant, half: false).ToMessage());
            node.Input.Add(name);
        }
        for (int i = 0; i < outputs; i++) node.Output.Add($"y{i}");
        return graph;
    }

    private static ModelProto Model(GraphProto graph, int opset)
    {
        var model = new ModelProto { IrVersion = 10, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        foreach (string domain in graph.Node.Select(n => n.Domain).Where(d => d.Length > 0).Distinct()) model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        return model;
    }

    /// <summary>A whole graph over the input "x". Compared are its outputs, or those of its last node where it declares none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="opset">Its operator set.</param>
    /// <param name="input">Value of "x".</param>
    /// <param name="tolerance">Largest difference, as a share of the largest value.</param>
    /// <param name="written">Whether what we write of it is run too.</param>
    public static void Agrees(GraphProto graph, int opset, Tensor input, float tolerance = 1e-4f, bool written = true)
    {
        if (graph.Output.Count == 0) graph.Output.AddRange(graph.Node[^1].Output.Select(name => new ValueInfoProto { Name = name }));
        ModelProto model = Model(graph, opset);
        using var session = new InferenceSession(model.ToByteArray());
        using var answers = session.Run([Value(input)]);
        foreach (DisposableNamedOnnxValue answer in answers)
        {
            ModelProto asked = model.Clone();
            asked.Graph.Output.Clear();
            asked.Graph.Output.Add(new ValueInfoProto { Name = answer.Name });
            using var scope = NewDisposeScope();
            using var ours = OnnxReader.Convert(asked).Graph;
            Tensor value = new ForwardWalk(ours, [ours.Output]).Run(input)[0];
            Agree(value, answer, tolerance);
            using var shapes = new ShapeWalk(ours);
            Assert.Equal(value.shape.Skip(1), shapes[ours.Output].Skip(1)); // static shapes are for a batch of one
            if (written && answer.Value is Tensor<float>) AgreesWhenWritten(ours, input, value, tolerance);
        }
    }

    /// <summary>A graph that takes one picture only: ours takes all at once, and so does what we write.</summary>
    public static void AgreesOneByOne(GraphProto graph, int opset, Tensor input, float tolerance = 1e-4f)
    {
        var model = new ModelProto { IrVersion = 10, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        using var session = new InferenceSession(model.ToByteArray());
        var theirs = new List<float>();
        for (long i = 0; i < input.shape[0]; i++)
        {
            using var answers = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Floats(input[i]), [1, .. input.shape.Skip(1).Select(d => (int)d)]))]);
            theirs.AddRange(answers[0].AsTensor<float>());
        }
        using var scope = NewDisposeScope();
        using var ours = OnnxReader.Convert(model.Clone()).Graph;
        Tensor value = new ForwardWalk(ours, [ours.Output]).Run(input)[0];
        float[] got = Floats(value);
        float scale = Math.Max(1e-3f, theirs.Max(MathF.Abs));
        Assert.Equal(theirs.Count, got.Length);
        for (int i = 0; i < got.Length; i++) Assert.True(MathF.Abs(got[i] - theirs[i]) <= tolerance * scale, $"[{i}]: ours {got[i]}, OnnxRuntime {theirs[i]}");
        AgreesWhenWritten(ours, input, value, tolerance * scale);
    }

    /// <summary>What we write gives the same answer in OnnxRuntime, and the same file when it is read and written again.</summary>
    private static void AgreesWhenWritten(Graph ours, Tensor input, Tensor value, float tolerance)
    {
        byte[] file = Written(ours);
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL }; // it fuses what stands between quantised values, and the fused layer is off by steps on processors without VNNI
        using var session = new InferenceSession(file, options);
        using var answers = session.Run([Value(input)]);
        Agree(value, answers[0], tolerance);
        using var again = OnnxReader.Convert(ModelProto.Parser.ParseFrom(file)).Graph;
        Assert.Equal(file, Written(again));
    }

    private static byte[] Written(Graph graph)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream);
        return stream.ToArray();
    }

    private static void Agree(Tensor ours, NamedOnnxValue answer, float tolerance)
    {
        var (shape, theirs) = Read(answer);
        Assert.Equal(shape, ours.shape);
        float[] got = Floats(ours.to(ScalarType.Float32));
        float scale = Math.Max(1e-3f, theirs.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(0).Max());
        for (int i = 0; i < got.Length; i++)
            Assert.True(got[i].Equals(theirs[i]) || MathF.Abs(got[i] - theirs[i]) <= tolerance * scale, $"{answer.Name}[{i}]: ours {got[i]}, OnnxRuntime {theirs[i]}");
    }

    private static NamedOnnxValue Value(Tensor input) => NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Floats(input), [.. input.shape.Select(d => (int)d)]));

    private static (long[] Shape, float[] Values) Read(NamedOnnxValue value) => value.Value switch
    {
        Tensor<long> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<int> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<bool> t => (Shape(t), [.. t.Select(v => v ? 1f : 0f)]),
        Tensor<byte> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<sbyte> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<double> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<short> t => (Shape(t), [.. t.Select(v => (float)v)]),
        Tensor<ushort> t => (Shape(t), [.. t.Select(v => (float)v)]),
        _ => (Shape(value.AsTensor<float>()), [.. value.AsTensor<float>()]),
    };

    private static long[] Shape<T>(Tensor<T> tensor) => [.. tensor.Dimensions.ToArray().Select(d => (long)d)];

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
