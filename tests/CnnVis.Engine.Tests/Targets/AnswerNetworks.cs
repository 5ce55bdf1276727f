using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Targets;

/// <summary>One small network, x [N, 3, 6, 6] → four features → K logits, with an end of a test's choice.</summary>
internal sealed class AnswerNetworks : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Generator _random = new(7);

    public void Dispose() => _folder.Dispose();

    /// <summary>Pictures for all of them, [2, 3, 6, 6].</summary>
    public static Tensor Pictures() => rand([2, 3, 6, 6], generator: new Generator(3));

    /// <summary>A network that ends as told.</summary>
    /// <param name="outputs">Numbers of the linear layer.</param>
    /// <param name="end">Gets the graph and the name of the logits, gives the answer's.</param>
    /// <param name="options">How it is read.</param>
    public Network Linear(int outputs, Func<OnnxGraph, string, string> end, ImportOptions? options = null) => Read(graph =>
        end(graph, graph.Node("Gemm", [graph.Node("Flatten", [graph.Node("GlobalAveragePool", [Maps(graph)])]), graph.Weight(randn([outputs, 4], generator: _random) * 3)], ("transB", 1L))), options);

    /// <summary>A network over its maps of features, [N, 4, 6, 6].</summary>
    public Network Spatial(Func<OnnxGraph, string, string> end, ImportOptions? options = null) => Read(graph => end(graph, Maps(graph)), options);

    /// <summary>A network of any graph over x [N, 3, 6, 6].</summary>
    public Network Read(Func<OnnxGraph, string> build, ImportOptions? options = null)
    {
        var graph = new OnnxGraph(-1, 3, 6, 6);
        string answer = build(graph);
        if (graph.Proto.Output.Count == 0) graph.Output(answer);
        var model = new ModelProto { IrVersion = 8, Graph = graph.Proto, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        return Network.Load(_folder.Add($"n{Guid.NewGuid():N}.onnx", model.ToByteArray()), options);
    }

    /// <summary>A value of a network, as numbers.</summary>
    public static float[] Numbers(Network network, string value, Tensor pictures)
    {
        using var scope = NewDisposeScope();
        return network.Forward(pictures, [value])[0].to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    private string Maps(OnnxGraph graph) => graph.Node("Relu", [graph.Node("Conv", ["x", graph.Weight(randn([4, 3, 3, 3], generator: _random)), graph.Weight(randn([4], generator: _random))], ("pads", new long[] { 1, 1, 1, 1 }))]);
}
