using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Onnx.Upgrades;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>What the chosen output does not need, names for it, and files of very many nodes.</summary>
public sealed class OnnxCutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatTheChosenValueDoesNotNeedIsLeftOut()
    {
        GraphProto graph = Convolutions();
        graph.Node.Add(NodeProtos.Make("LSTM", "lstm", ["relu1", "w", "w"]));
        graph.Output[0].Name = "lstm";
        Network network = Load(graph, "relu1");
        Assert.Equal(["conv0", "relu0", "conv1", "relu1"], network.Layers.Select(l => l.Name).Where(n => n != "prob"));
        string error = Assert.Throws<CnnVisException>(() => Load(graph)).Message;
        Assert.Contains("LSTM (opset 17) of node 'lstm'", error);
        Assert.Contains("-OutputName", error);
        Assert.True(error.Length < 500, error);
    }

    [Fact]
    public void WhatTheAnswerDoesNotNeedIsLeftOutWhereItIsNotSupported()
    {
        GraphProto graph = Convolutions();
        NodeProto boxes = NodeProtos.Make("NonMaxSuppression", "boxes", ["relu0", "relu1"]), tail = NodeProtos.Make("Relu", "tail", ["boxes"]), odd = NodeProtos.Make("Mystery", "odd", ["relu0"]), lost = NodeProtos.Make("Add", "lost", ["relu0", "nowhere"]);
        graph.Node.AddRange([boxes, tail, odd, lost, NodeProtos.Make("Tanh", "aux", ["relu0"])]);
        graph.Output.AddRange([new ValueInfoProto { Name = "odd" }, new ValueInfoProto { Name = "aux" }]);
        string[] layers = [.. Load(graph).Layers.Select(l => l.Name)];
        Assert.DoesNotContain("odd", layers);
        Assert.DoesNotContain("tail", layers);
        Assert.DoesNotContain("lost", layers);
        Assert.Contains("aux", layers);
    }

    [Fact]
    public void AnOutputIsNamedByItsLayerOrTheLayersAlias()
    {
        GraphProto graph = Convolutions();
        graph.Node[1].Name = "first/relu"; // its value is relu0, its alias relu1
        graph.Node[3].Name = graph.Node[3].Output[0] = graph.Output[0].Name = "last";
        foreach (string name in (string[])["relu0", "first/relu", "RELU1"])
        {
            Network network = Load(graph, name);
            Assert.Equal(["conv0", "first/relu"], network.Layers.Select(l => l.Name).Where(n => n != "prob"));
        }
        Network whole = Load(graph);
        Assert.Same(whole.Layer("first/relu"), whole.Layer("relu0"));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Load(graph, "relu9")).ErrorId);
    }

    [Fact]
    public void AnAliasIsFoundThoughTheRestIsNotSupported()
    {
        GraphProto graph = Convolutions();
        graph.Node.Add(NodeProtos.Make("Mystery", "odd", ["relu1"]));
        graph.Output[0].Name = "odd";
        Assert.Equal("relu1", Load(graph, "relu2").Layers.Last(l => l.Name != "prob").Name); // the second ReLU
    }

    [Fact]
    public void SixteenThousandNodesAreReadAndCanBeStopped()
    {
        GraphProto graph = Convolutions();
        string value = "relu1";
        for (int i = 0; i < 16_000; i++)
        {
            NodeProto relu = NodeProtos.Make("Relu", $"v{i}", [value]);
            relu.Name = "relu"; // all of one name
            graph.Node.Add(relu);
            value = $"v{i}";
        }
        graph.Output[0].Name = value;
        string path = Written(graph);
        Assert.Equal(16_004, Network.Load(path).Layers.Count(l => l.Name != "prob"));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Network.Load(path, cancellation: stop.Token));
    }

    /// <summary>After the token is cancelled, nothing more is done with the file: not a class is asked for.</summary>
    [Fact]
    public void AnImportThatIsCancelledWhileItReadsGoesNoFurther()
    {
        using var stop = new CancellationTokenSource();
        bool wentOn = false;
        var options = new ImportOptions { Constants = new Watched<InputConstant>(stop.Cancel), Classes = new Watched<string>(() => wentOn = stop.IsCancellationRequested) };
        Assert.ThrowsAny<OperationCanceledException>(() => Network.Load(Written(Convolutions()), options, cancellation: stop.Token));
        Assert.True(stop.IsCancellationRequested);
        Assert.False(wentOn);
    }

    /// <summary>The walks over a graph that is read end at the node in which the token is cancelled, wherever that is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(23)]
    [InlineData(39)]
    public void AnImportThatIsCancelledLooksAtNoFurtherNode(int last)
    {
        const int count = 20;
        using var stop = new CancellationTokenSource();
        int seen = 0;
        Node[] nodes = [.. Enumerable.Range(0, count).Select(i => new Node($"n{i}", new Looked(() => { if (++seen == last) stop.Cancel(); }), [i == 0 ? "x" : $"n{i - 1}"], $"n{i}"))];
        var graph = new Graph("x", [1, 3, 4, 4], nodes, new Dictionary<string, Tensor>(), $"n{count - 1}");
        Assert.ThrowsAny<OperationCanceledException>(() => Network.Create("looked", "test", graph, new Dictionary<string, string>(), new ImportOptions(), stop.Token));
        Assert.Equal(last, seen);
    }

    [Theory]
    [InlineData(9, "y,mean,var,saved,saved2", "training")]
    [InlineData(13, "y,mean,var,saved,saved2", "training")]
    public void BatchNormalizationOfTheBatchIsRefused(int opset, string outputs, string reason)
    {
        GraphProto graph = Convolutions();
        NodeProto norm = NodeProtos.Make("BatchNormalization", "y", ["relu1", "four", "four", "four", "four"]);
        norm.Output.Clear();
        norm.Output.AddRange(outputs.Split(','));
        graph.Initializer.Add(new OnnxTensorContent("four", ones(4), half: false).ToMessage());
        graph.Node.Add(norm);
        graph.Output[0].Name = "y";
        Assert.Contains(reason, Assert.Throws<CnnVisException>(() => Load(graph, null, opset)).Message);
    }

    [Fact]
    public void DropoutInTrainingIsRefused()
    {
        GraphProto graph = Convolutions();
        graph.Initializer.Add(new OnnxTensorContent("half", tensor(0.5f), half: false).ToMessage());
        graph.Initializer.Add(new OnnxTensorContent("on", tensor(true), half: false).ToMessage());
        graph.Node.Add(NodeProtos.Make("Dropout", "y", ["relu1", "half", "on"]));
        graph.Output[0].Name = "y";
        Assert.Contains("training", Assert.Throws<CnnVisException>(() => Load(graph)).Message);
        graph.Initializer[^1] = new OnnxTensorContent("on", tensor(false), half: false).ToMessage();
        Assert.Equal("Dropout", Load(graph).Layers.Last(l => l.Name != "prob").Operator);
    }

    [Fact]
    public void ALayerOfOpenSizeIsOneSentence()
    {
        GraphProto graph = Convolutions();
        graph.Node.Add(NodeProtos.Make("NonZero", "y", ["relu1"]));
        graph.Output[0].Name = "y";
        string error = Assert.Throws<CnnVisException>(() => Load(graph)).Message;
        Assert.Contains("as many places as the picture has", error);
        Assert.Contains("-OutputName", error);
    }

    /// <summary>Two convolutions of four channels, each with a ReLU.</summary>
    private static GraphProto Convolutions()
    {
        var graph = new GraphProto { Name = "net", Input = { OnnxWriter.Value("image", [1, 4, 6, 6]) }, Output = { new ValueInfoProto { Name = "relu1" } } };
        graph.Initializer.Add(new OnnxTensorContent("w", full([4, 4, 1, 1], 0.1f), half: false).ToMessage());
        graph.Node.AddRange([NodeProtos.Make("Conv", "conv0", ["image", "w"]), NodeProtos.Make("Relu", "relu0", ["conv0"]), NodeProtos.Make("Conv", "conv1", ["relu0", "w"]), NodeProtos.Make("Relu", "relu1", ["conv1"])]);
        return graph;
    }

    private Network Load(GraphProto graph, string? output = null, int opset = 17) => Network.Load(Written(graph, opset), new ImportOptions { OutputName = output });

    private string Written(GraphProto graph, int opset = 17)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } }.ToByteArray());
        return path;
    }

    /// <summary>An operator that tells when its shape is asked for.</summary>
    private sealed class Looked(Action look) : Operator(OperatorAttributes.None)
    {
        public override Tensor Forward(Tensor?[] inputs) => Required(inputs, 0);

        public override long[] Shape(Operand?[] inputs)
        {
            look();
            return Required(inputs, 0).Shape;
        }
    }

    /// <summary>An empty list that tells when it is looked at.</summary>
    private sealed class Watched<T>(Action look) : IReadOnlyList<T>
    {
        public T this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public int Count
        {
            get
            {
                look();
                return 0;
            }
        }

        public IEnumerator<T> GetEnumerator()
        {
            look();
            return Enumerable.Empty<T>().GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
