using CnnVis.Engine.Filters;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Filters;

/// <summary>Filters of a network that takes its colours in another order, however the file says so, are shown as red, green, blue.</summary>
public sealed class FilterColorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Gather"), InlineData("Split"), InlineData("Slice"), InlineData("Conv"), InlineData("ChannelOrder"), InlineData("ChannelsLast")]
    public void PlanesArePutInTheOrderOfColors(string how)
    {
        using var scope = NewDisposeScope();
        Tensor weights = randn([5, 3, 2, 2], generator: new Generator(1));
        CnnFilterBank bank = Read(how, weights);
        Assert.All(bank.Filters, f => Assert.True(f.IsRgb));
        Tensor turned = weights.flip(1);
        for (int i = 0; i < 5; i++) Assert.Equal(turned[i].contiguous().data<float>().ToArray(), bank.Filters[i].Weights);
    }

    [Theory]
    [InlineData("Plain", true), InlineData("Mixed", false), InlineData("Blurred", false)]
    public void OnlyColorsAreColors(string how, bool colors)
    {
        using var scope = NewDisposeScope();
        Tensor weights = randn([5, 3, 2, 2], generator: new Generator(1));
        CnnFilterBank bank = Read(how, weights);
        Assert.All(bank.Filters, f => Assert.Equal(colors, f.IsRgb));
        Assert.Equal(weights[2].data<float>().ToArray(), bank.Filters[2].Weights);
    }

    private CnnFilterBank Read(string how, Tensor weights)
    {
        bool last = how == "ChannelsLast";
        OnnxGraph graph = last ? new OnnxGraph(1, 6, 7, 3) : new OnnxGraph(1, 3, 6, 7);
        string value = graph.Node("Sub", [graph.Node("Mul", ["x", graph.Number(255)]), graph.Weight(tensor(new float[] { 103, 116, 123 }, last ? [1, 1, 1, 3] : [1, 3, 1, 1]))]);
        string[] parts;
        switch (how)
        {
            case "Gather": value = graph.Node("Gather", [value, graph.Integers(2, 1, 0)], ("axis", 1L)); break;
            case "Split":
                parts = graph.Nodes("Split", [value, graph.Integers(1, 1, 1)], 3, ("axis", 1L));
                value = graph.Node("Concat", [parts[2], parts[1], parts[0]], ("axis", 1L));
                break;
            case "Slice": value = graph.Node("Slice", [value, graph.Integers(-1), graph.Integers(-4), graph.Integers(1), graph.Integers(-1)]); break;
            case "Conv": value = graph.Node("Conv", [value, graph.Weight(tensor(new float[] { 0, 0, 2, 0, 3, 0, 0.5f, 0, 0 }, [3, 3, 1, 1])), graph.Weight(ones(3))]); break;
            case "Mixed": value = graph.Node("Conv", [value, graph.Weight(tensor(new float[] { 0, 1, 2, 0, 3, 0, 0.5f, 0, 0 }, [3, 3, 1, 1]))]); break;
            case "Blurred": value = graph.Node("AveragePool", [value], ("kernel_shape", new long[] { 2, 2 })); break;
            case "ChannelsLast":
                value = graph.Node("Transpose", [graph.Node("Gather", [value, graph.Integers(2, 1, 0)], ("axis", 3L))], ("perm", new long[] { 0, 3, 1, 2 }));
                break;
        }
        value = graph.Node("Conv", [value, graph.Weight(weights)]);
        graph.Output(graph.Node("Flatten", [graph.Node("GlobalAveragePool", [value])]));
        var model = new ModelProto { IrVersion = 8, Graph = graph.Proto, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        Network network = Network.Load(_folder.Add("net.onnx", model.ToByteArray()), new ImportOptions { ChannelOrder = how == "ChannelOrder" ? ChannelOrder.Bgr : null });
        CnnLayer layer = network.Layers.Last(l => l.Operator == "Conv");
        return new FilterReader(network).Read(layer, [.. Enumerable.Range(0, 5)], CancellationToken.None);
    }
}
