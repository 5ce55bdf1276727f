using System.Runtime.InteropServices;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>What is put before and behind the network of a file: a picture of RGB in [0, 1] goes in, probabilities come out.</summary>
public sealed class GraphCompletionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, null, null, new[] { 0.2f, 0.4f, 0.6f })]
    [InlineData(null, PixelRange.Byte, null, null, new[] { 51f, 102, 153 })]
    [InlineData(null, PixelRange.Signed, null, null, new[] { -0.6f, -0.2f, 0.2f })]
    [InlineData(ChannelOrder.Bgr, PixelRange.Byte, new[] { 103f, 116, 123 }, null, new[] { 50f, -14, -72 })]
    [InlineData(ChannelOrder.Rgb, null, new[] { 0.1f }, new[] { 0.5f, 1, 2 }, new[] { 0.2f, 0.3f, 0.25f })]
    [InlineData(null, PixelRange.Signed, new[] { 0.4f }, new[] { 2f }, new[] { -0.5f, -0.3f, -0.1f })]
    public void TheNetworkSeesWhatItWasTrainedWith(ChannelOrder? order, PixelRange? range, float[]? mean, float[]? deviation, float[] expected)
    {
        var options = new ImportOptions { ChannelOrder = order, ValueRange = range, Mean = mean, StandardDeviation = deviation };
        Network network = Load(Passing(), options);
        Assert.Equal(expected, Seen(network), new Near());
        Assert.Equal(0, network.Layers.TakeWhile(l => l.Operator != "Identity").Sum(l => l.ParameterCount));
        using var stream = new MemoryStream();
        network.Save(stream, ModelFormat.Onnx, halfPrecision: false);
        Network again = Network.Load(_folder.Add("again.onnx", stream.ToArray()));
        Assert.Equal(expected, Seen(again), new Near());
        Assert.Equal(network.Layers.Select(l => l.Name), again.Layers.Select(l => l.Name));
    }

    [Fact]
    public void ForeignMetadataPrepareThePictureOnce()
    {
        ModelProto file = Passing();
        file.MetadataProps.Add(new StringStringEntryProto { Key = "Image.NominalPixelRange", Value = "NominalRange_0_255" });
        file.MetadataProps.Add(new StringStringEntryProto { Key = "labels", Value = "red,green,blue" });
        Network network = Load(file);
        Assert.Equal(["red", "green", "blue"], network.Classes);
        Assert.Equal([51f, 102, 153], Seen(network), new Near());
        using var stream = new MemoryStream();
        network.Save(stream, ModelFormat.Onnx, halfPrecision: false);
        Assert.Equal([51f, 102, 153], Seen(Network.Load(_folder.Add("again.onnx", stream.ToArray()))), new Near());
        Assert.Equal([0.2f, 0.4f, 0.6f], Seen(Load(file, new ImportOptions { ValueRange = PixelRange.Unit })), new Near());
    }

    [Fact]
    public void ChannelsLastAreTurned()
    {
        ModelProto file = Passing();
        file.Graph.Input[0].Type = OnnxWriter.Value("x", [1, 2, 5, 3]).Type; // rows, columns, channels: 2 could be channels too, but there is a Transpose
        file.Graph.Node.Insert(0, new NodeProto { Name = "first", OpType = "Transpose", Input = { "x" }, Output = { "turned" }, Attribute = { OnnxWriter.Attribute("perm", new long[] { 0, 3, 1, 2 }) } });
        file.Graph.Node[1].Input[0] = "turned";
        Network network = Load(file);
        Assert.Equal((3, 2, 5), (network.InputChannels, network.InputHeight, network.InputWidth));
        Assert.Equal([0.2f, 0.4f, 0.6f], Seen(network), new Near());

        file.Graph.Input[0].Type = OnnxWriter.Value("x", [1, -1, -1, -1]).Type;
        Assert.Equal((3, 20, 30), (Load(file, new ImportOptions { InputSize = [20, 30] }) is { } open ? (open.InputChannels, open.InputHeight, open.InputWidth) : default));
    }

    [Theory]
    [InlineData("Softmax", "Softmax")]
    [InlineData("Sigmoid", "Sigmoid")]
    [InlineData("LogSoftmax", "Exp")]
    [InlineData("Relu", "Softmax")]
    public void AnswersAreProbabilities(string last, string expected)
    {
        ModelProto file = Passing();
        file.Graph.Node.Add(new NodeProto { Name = "last", OpType = last, Input = { "flat" }, Output = { "last" } });
        file.Graph.Node.Add(new NodeProto { Name = "same", OpType = "Identity", Input = { "last" }, Output = { "same" } });
        file.Graph.Output[0].Name = "same";
        Network network = Load(file, new ImportOptions { Answer = last == "Relu" ? AnswerKind.Classes : null }); // rectified features are a code otherwise
        Assert.Equal(expected, network.Graph.Nodes.Last(n => n.Operator.Type != "Identity").Operator.Type);
        using var scope = NewDisposeScope();
        float sum = network.Forward(rand([1, 3, 2, 5], generator: new Generator(4)), [network.Graph.Output])[0].sum().item<float>();
        if (last != "Sigmoid") Assert.Equal(1, sum, 1e-5f);
    }

    [Fact]
    public void ANumberOfAClassIsNoAnswer()
    {
        ModelProto file = Passing();
        file.Graph.Node.Add(new NodeProto { Name = "best", OpType = "ArgMax", Input = { "flat" }, Output = { "best" }, Attribute = { OnnxWriter.Attribute("axis", 1L) } });
        file.Graph.Output[0].Name = "best";
        var error = Assert.Throws<CnnVisException>(() => Load(file));
        Assert.Contains("-OutputName: 'flat'", error.Message);
        Assert.Equal(3, Load(file, new ImportOptions { OutputName = "flat", Answer = AnswerKind.Classes }).Classes.Count);
    }

    [Fact]
    public void OrderIsForColours()
    {
        ModelProto file = Passing();
        file.Graph.Input[0].Type = OnnxWriter.Value("x", [1, 5, 2, 5]).Type;
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Load(file, new ImportOptions { ChannelOrder = ChannelOrder.Bgr })).ErrorId);
        Assert.Equal(5, Load(file).InputChannels);
    }

    /// <summary>What the first step of the file's own is given at one place of a picture of (0.2, 0.4, 0.6).</summary>
    private static float[] Seen(Network network)
    {
        using var scope = NewDisposeScope();
        Tensor picture = tensor(new[] { 0.2f, 0.4f, 0.6f }).reshape(1, 3, 1, 1).expand(1, 3, network.InputHeight, network.InputWidth).contiguous();
        Tensor seen = network.Forward(picture, [network.Value(network.Layer("pass"))])[0];
        return MemoryMarshal.Cast<byte, float>(seen[TensorIndex.Ellipsis, 0, 0].contiguous().bytes).ToArray();
    }

    /// <summary>A network that answers with the means of its channels.</summary>
    private static ModelProto Passing() => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new GraphProto
        {
            Input = { OnnxWriter.Value("x", [1, 3, 2, 5]) },
            Output = { new ValueInfoProto { Name = "flat" } },
            Node =
            {
                new NodeProto { Name = "pass", OpType = "Identity", Input = { "x" }, Output = { "pass" } },
                new NodeProto { Name = "gap", OpType = "GlobalAveragePool", Input = { "pass" }, Output = { "gap" } },
                new NodeProto { Name = "flat", OpType = "Flatten", Input = { "gap" }, Output = { "flat" } },
            },
        },
    };

    private Network Load(ModelProto file, ImportOptions? options = null) => Network.Load(_folder.Add("net.onnx", file.ToByteArray()), options);

    private sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float a, float b) => MathF.Abs(a - b) < 1e-4f;

        public int GetHashCode(float value) => 0;
    }
}
