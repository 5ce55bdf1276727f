using System.Runtime.InteropServices;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Graphs;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Which axis of a file's input is the channels, signals of three dimensions, and inputs that are no pictures. Answers are compared with OnnxRuntime's.</summary>
public sealed class InputLayoutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(11, 60, 1), InlineData(12, 50, 1), InlineData(8, 5, 4), InlineData(64, 33, 2), InlineData(5, 9, 3)]
    public void NarrowPicturesAreWhatTheConvolutionReads(int channels, int rows, int columns)
    {
        var graph = new OnnxGraph(1, channels, rows, columns);
        string scaled = graph.Node("Mul", ["x", graph.Number(0.5f)]);
        string conv = graph.Node("Conv", [scaled, graph.Weight(Random(6, channels, 3, 1))]);
        Network network = Compare(Headed(graph, conv), 17, [1, channels, rows, columns]);
        Assert.Equal((channels, rows, columns), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Theory]
    [InlineData("Sub"), InlineData("Cast"), InlineData("BatchNormalization")]
    public void ChannelsLastAreFoundBehindOtherNodes(string first)
    {
        var graph = new OnnxGraph(1, 6, 7, 12);
        string value = first switch
        {
            "Sub" => graph.Node("Sub", ["x", graph.Weight(Random(12))]),
            "Cast" => graph.Node("Cast", ["x"], ("to", 1L)),
            _ => "x",
        };
        string turned = graph.Node("Transpose", [value], ("perm", new long[] { 0, 3, 1, 2 }));
        if (first == "BatchNormalization") turned = graph.Node("BatchNormalization", [turned, graph.Weight(Random(12)), graph.Weight(Random(12)), graph.Weight(Random(12)), graph.Weight(Random(12).abs() + 0.5)]);
        Network network = Compare(Headed(graph, graph.Node("Conv", [turned, graph.Weight(Random(6, 12, 3, 3))])), 17, [1, 6, 7, 12], [0, 3, 1, 2]);
        Assert.Equal((12, 6, 7), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Fact]
    public void AReshapeOfOneChannelIsATranspose()
    {
        var graph = new OnnxGraph(1, 9, 8, 1);
        string turned = graph.Node("Reshape", ["x", graph.Integers(-1, 1, 9, 8)]);
        Network network = Compare(Headed(graph, graph.Node("Conv", [turned, graph.Weight(Random(6, 1, 3, 3))])), 17, [1, 9, 8, 1], [0, 3, 1, 2]);
        Assert.Equal((1, 9, 8), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Fact]
    public void WhereNoNodeTellsTheUserDoes()
    {
        var graph = new OnnxGraph(1, 6, 7, 2);
        string flat = graph.Node("Flatten", ["x"]);
        graph.Output(graph.Node("Gemm", [flat, graph.Weight(Random(84, 3))]));
        Assert.Equal(2, Load(graph, 17).InputChannels);
        Assert.Equal(6, Load(graph, 17, new ImportOptions { Layout = ChannelLayout.ChannelsFirst }).InputChannels);
        Assert.Equal(2, Load(graph, 17, new ImportOptions { Layout = ChannelLayout.ChannelsLast }).InputChannels);
    }

    [Theory]
    [InlineData(11), InlineData(17), InlineData(21)]
    public void SignalsArePicturesOfOneRow(int opset)
    {
        var graph = new OnnxGraph(1, 3, 40);
        Network network = Compare(Signal(graph, "x"), opset, [1, 3, 40], picture: [1, 3, 1, 40]);
        Assert.Equal((3, 1, 40), (network.InputChannels, network.InputHeight, network.InputWidth));
        Assert.All(network.Layers.Where(l => l.Operator is "Conv" or "Relu" or "MaxPool" or "AveragePool" or "ConvTranspose" or "BatchNormalization" or "Concat"), l => Assert.Equal((3, 1), (l.OutputShape.Count, l.OutputShape[1])));
    }

    [Fact]
    public void SignalsWithSamplesFirstAreTurned()
    {
        var graph = new OnnxGraph(1, 40, 3);
        string turned = graph.Node("Transpose", ["x"], ("perm", new long[] { 0, 2, 1 }));
        Network network = Compare(Signal(graph, turned), 17, [1, 40, 3], [0, 2, 1], [1, 3, 1, 40]);
        Assert.Equal((3, 1, 40), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Fact]
    public void RowsAndColumnsWithoutAChannelAreAGreyPicture()
    {
        var graph = new OnnxGraph(1, 9, 8);
        string wide = graph.Node("Unsqueeze", ["x", graph.Integers(1)]);
        Network network = Compare(Headed(graph, graph.Node("Conv", [wide, graph.Weight(Random(6, 1, 3, 3))])), 17, [1, 9, 8], picture: [1, 1, 9, 8]);
        Assert.Equal((1, 9, 8), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Fact]
    public void VolumesAreRefusedInOneSentence()
    {
        var graph = new OnnxGraph(1, 1, 8, 8, 8);
        graph.Output(graph.Node("Conv", ["x", graph.Weight(Random(2, 1, 3, 3, 3))]));
        var error = Assert.Throws<CnnVisException>(() => Load(graph, 17));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains("of 5 dimensions", error.Message);
        Assert.Contains("Volumes", error.Message);
        var unread = new OnnxGraph(1, 8, 8);
        unread.Output(unread.Node("Flatten", ["x"]));
        Assert.Contains("-Layout", Assert.Throws<CnnVisException>(() => Load(unread, 17)).Message);
    }

    [Fact]
    public void SignalsAreExplainedAndOccluded()
    {
        var graph = new OnnxGraph(1, 3, 40);
        Network network = Load(Signal(graph, "x"), 17, new ImportOptions { Answer = AnswerKind.Classes });
        using var scope = NewDisposeScope();
        Tensor signal = rand([1, 3, 1, 40], generator: new Generator(2));
        foreach (string name in SaliencyMethods.Names.Where(n => n != "ExpectedGradients")) // wants reference pictures
        {
            ISaliencyMethod method = SaliencyMethods.Create(name, SaliencyOptions.Default);
            SaliencyResult result = method.Attribute(new SaliencyRequest(network, signal, [ClassTarget.Of(network, 0, method.Score(null))], CancellationToken.None))[0];
            Assert.Equal(1, result.Map.shape[2]);
            Assert.True(result.Map.isfinite().all().item<bool>(), name);
        }
        foreach (bool all in new[] { true, false })
        {
            using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [8], Stride = [4], Classes = [0], RecomputeAll = all });
            OcclusionMap map = occluder.Occlude(new ImageSource("x"), signal, new PixelImage(40, 1, new byte[120]), null, CancellationToken.None)[0];
            Assert.Equal((1, 40), (map.InputHeight, map.InputWidth));
            for (int i = 0; i < map.Windows.Count; i++)
            {
                Tensor changed = signal.clone();
                changed.narrow(3, map.Windows[i].X, map.Windows[i].Width).fill_(0.5);
                Assert.Equal(network.Forward(changed, [network.Graph.Output])[0][0, 0].item<float>(), map.Scores[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void OtherInputsGetValues()
    {
        var graph = new OnnxGraph(1, 3, 6, 6);
        graph.Proto.Input.Add(OnnxWriter.Value("scale", [1, 4]));
        graph.Proto.Input.Add(OnnxWriter.Value("bias", [1]));
        string pooled = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [graph.Node("Conv", ["x", graph.Weight(Random(4, 3, 3, 3))])])]);
        string answer = graph.Node("Add", [graph.Node("Mul", [pooled, "scale"]), "bias"]);
        graph.Output(answer);
        string message = Assert.Throws<CnnVisException>(() => Load(graph, 17)).Message;
        Assert.Contains("scale [?, 4], bias [?]", message);
        Assert.Contains("-Constant 'scale=1'", message);
        using var scope = NewDisposeScope();
        Tensor picture = rand([2, 3, 6, 6], generator: new Generator(3));
        Network one = Load(graph, 17, new ImportOptions { Constants = [new InputConstant("scale", null, [1]), new InputConstant("bias", null, [0])] });
        Network other = Load(graph, 17, new ImportOptions { Constants = [new InputConstant("scale", [1, 4], [1, 2, 3, 4]), new InputConstant("bias", [1], [-1])] });
        Tensor expected = one.Forward(picture, [answer])[0] * tensor(new float[] { 1, 2, 3, 4 }) - 1;
        Assert.True(other.Forward(picture, [answer])[0].allclose(expected, atol: 1e-6));
        Assert.Contains("[?, 4], and the value given is [3]", Assert.Throws<CnnVisException>(() => Load(graph, 17, new ImportOptions { Constants = [new InputConstant("scale", [3], [1, 2, 3])] })).Message);
        Assert.Contains("no input 'skale'", Assert.Throws<CnnVisException>(() => Load(graph, 17, new ImportOptions { Constants = [new InputConstant("skale", null, [1])] })).Message);
    }

    [Fact]
    public void ArraysMayLieInAnyRange()
    {
        var graph = new OnnxGraph(1, 2, 1, 5);
        string conv = graph.Node("Conv", ["x", graph.Weight(Random(3, 2, 1, 2))]);
        Headed(graph, conv);
        Network plain = Load(graph, 17), network = Load(graph, 17, new ImportOptions { ArrayRange = (-5, 3) });
        float[] numbers = [-5, 3, 0.25f, -1.5f, 2, 1, 0, -4, 2.5f, -0.125f];
        using var scope = NewDisposeScope();
        Tensor given = tensor(numbers, [1, 2, 1, 5]);
        Tensor seen = network.Forward((given + 5) / 8, [conv])[0];
        Assert.True(seen.allclose(plain.Forward(given, [conv])[0], atol: 1e-5));
        Assert.Equal((-5, 3), (network.Input.Low, network.Input.High));
        string copy = _folder["copy.onnx"];
        using (FileStream file = File.Create(copy)) network.Save(file, ModelFormat.Onnx, halfPrecision: false);
        Network again = Network.Load(copy);
        Assert.Equal((-5, 3), (again.Input.Low, again.Input.High));
        Assert.True(again.Forward((given + 5) / 8, [again.Graph.Output])[0].allclose(network.Forward((given + 5) / 8, [network.Graph.Output])[0], atol: 1e-6));
    }

    [Fact]
    public void AMeanImageIsSubtractedPlaceByPlace()
    {
        var graph = new OnnxGraph(1, 2, 3, 4);
        string conv = graph.Node("Conv", ["x", graph.Weight(Random(3, 2, 2, 2))]);
        Headed(graph, conv);
        var mean = new MeanImage([.. Enumerable.Range(0, 2 * 5 * 6).Select(i => i * 4f)], 2, 5, 6); // a row and a column more on each side
        Network plain = Load(graph, 17), network = Load(graph, 17, new ImportOptions { MeanImage = mean, ValueRange = PixelRange.Byte });
        using var scope = NewDisposeScope();
        Tensor picture = rand([1, 2, 3, 4], generator: new Generator(4)), middle = tensor(mean.Values, [2, 5, 6]).narrow(1, 1, 3).narrow(2, 1, 4);
        Assert.True(network.Forward(picture, [conv])[0].allclose(plain.Forward(picture * 255 - middle, [conv])[0], atol: 1e-3));
        Assert.Contains("[2, 5, 6]", Assert.Throws<CnnVisException>(() => Load(graph, 17, new ImportOptions { MeanImage = mean, InputSize = [9, 9] })).Message);
    }

    [Theory]
    [InlineData("mean.binaryproto"), InlineData("mean.pb"), InlineData("mean.npy")]
    public void MeanImagesAreReadFromFiles(string name)
    {
        float[] values = [.. Enumerable.Range(0, 12).Select(i => i + 0.5f)];
        byte[] numbers = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        byte[] bytes = name switch
        {
            "mean.binaryproto" => [0x08, 1, 0x10, 2, 0x18, 2, 0x20, 3, 0x2A, 48, .. numbers],
            "mean.pb" => new OnnxTensorContent("m", tensor(values, [2, 2, 3]), half: false).ToMessage().ToByteArray(),
            _ => [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 3), }".PadRight(117) + "\n"), .. numbers],
        };
        MeanImage mean = MeanImage.Read(_folder.Add(name, bytes));
        Assert.Equal((2, 2, 3), (mean.Channels, mean.Height, mean.Width));
        Assert.Equal(values, mean.Values);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => MeanImage.Read(_folder.Add("x" + name, bytes[..^9]))).ErrorId);
    }

    /// <summary>Convolutions, pooling and arithmetic over samples, branches, and a squeeze of channels in between.</summary>
    private static OnnxGraph Signal(OnnxGraph graph, string value)
    {
        value = graph.Node("Conv", [value, graph.Weight(Random(8, 3, 5)), graph.Weight(Random(8))], ("strides", new long[] { 2 }), ("pads", new long[] { 2, 1 }));
        value = graph.Node("BatchNormalization", [value, graph.Weight(Random(8)), graph.Weight(Random(8)), graph.Weight(Random(8)), graph.Weight(Random(8).abs() + 0.5)]);
        value = graph.Node("Relu", [graph.Node("Add", [value, graph.Weight(Random(8, 1))])]);
        string weights = graph.Node("Sigmoid", [graph.Node("Conv", [graph.Node("GlobalAveragePool", [value]), graph.Weight(Random(8, 8, 1))])]);
        value = graph.Node("Mul", [value, weights]);
        string left = graph.Node("MaxPool", [value], ("kernel_shape", new long[] { 3 }), ("strides", new long[] { 1 }), ("pads", new long[] { 1, 1 }));
        string right = graph.Node("AveragePool", [value], ("kernel_shape", new long[] { 3 }), ("strides", new long[] { 1 }), ("pads", new long[] { 1, 1 }));
        value = graph.Node("Concat", [left, right], ("axis", 1L));
        value = graph.Node("Conv", [value, graph.Weight(Random(6, 8, 3))], ("dilations", new long[] { 2 }), ("group", 2L));
        value = graph.Node("ConvTranspose", [value, graph.Weight(Random(6, 5, 4))], ("strides", new long[] { 2 }), ("pads", new long[] { 1, 1 }));
        value = graph.Node("Transpose", [graph.Node("Transpose", [value], ("perm", new long[] { 0, 2, 1 }))], ("perm", new long[] { 0, 2, 1 }));
        value = graph.Node("Relu", [graph.Node("Conv", [value, graph.Weight(Random(5, 5, 3))])]);
        return Headed(graph, value);
    }

    private static OnnxGraph Headed(OnnxGraph graph, string value) => graph.Output(graph.Node("Flatten", [graph.Node("GlobalAveragePool", [value])]));

    private static Tensor Random(params long[] shape) => randn(shape, generator: new Generator((ulong)shape.Sum())) * 0.4;

    private Network Load(OnnxGraph graph, int opset, ImportOptions? options = null)
    {
        var model = new ModelProto { IrVersion = 8, Graph = graph.Proto.Clone(), OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        return Network.Load(_folder.Add("net.onnx", model.ToByteArray()), options);
    }

    /// <summary>Our network's answer to a random picture is OnnxRuntime's to the same numbers as the file wants them.</summary>
    private Network Compare(OnnxGraph graph, int opset, long[] shape, long[]? order = null, long[]? picture = null)
    {
        string output = graph.Proto.Output[0].Name;
        var model = new ModelProto { IrVersion = 8, Graph = graph.Proto.Clone(), OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        using var scope = NewDisposeScope();
        Tensor given = rand([2, .. shape[1..]], generator: new Generator(5));
        using var session = new InferenceSession(model.ToByteArray());
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(given.data<float>().ToArray(), [2, .. shape[1..].Select(d => (int)d)]))]);
        float[] expected = [.. answers[0].AsTensor<float>()];
        Network network = Load(graph, opset);
        Tensor ours = order is null ? given : given.permute(order);
        if (picture is not null) ours = ours.reshape([2, .. picture[1..]]);
        float[] actual = network.Forward(ours.contiguous(), [output])[0].contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
        return network;
    }
}
