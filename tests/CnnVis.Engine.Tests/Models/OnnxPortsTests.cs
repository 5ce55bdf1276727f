using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Which input and output of a file are the network's, and of what size they are.</summary>
public sealed class OnnxPortsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheOnlyPictureAmongInputsIsTheInput()
    {
        GraphProto graph = TwoHeads();
        Network network = Load(graph);
        Assert.Equal("image", network.Graph.Input);
        Assert.Equal(["conv", "relu", "gap", "flat"], network.Layers.Select(l => l.Name));
    }

    [Fact]
    public void AnotherOutputIsChosenByName()
    {
        GraphProto graph = TwoHeads();
        Assert.Equal("relu", Load(graph, new ImportOptions { OutputName = "relu" }).Graph.Nodes[^1].Inputs[0]);
        var error = Assert.Throws<CnnVisException>(() => Load(graph, new ImportOptions { OutputName = "mixed" }));
        Assert.Contains("needs more than the picture 'image': scale [1]", error.Message);
        Assert.Contains("flat", error.Message);
        error = Assert.Throws<CnnVisException>(() => Load(graph, new ImportOptions { OutputName = "relo" }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("relu", error.Message);
    }

    [Fact]
    public void AnInputIsChosenByName()
    {
        GraphProto graph = TwoHeads();
        Assert.Equal("image", Load(graph, new ImportOptions { InputName = "image" }).Graph.Input);
        var error = Assert.Throws<CnnVisException>(() => Load(graph, new ImportOptions { InputName = "picture" }));
        Assert.Contains("image [?, 3, 8, 8], scale [1]", error.Message);
        Assert.Contains("scale", Assert.Throws<CnnVisException>(() => Load(graph, new ImportOptions { InputName = "scale" })).Message);
    }

    [Fact]
    public void OfTwoPicturesTheOneThatTheAnswerNeedsIsTaken()
    {
        GraphProto graph = TwoHeads();
        graph.Input.Add(OnnxWriter.Value("second", [1, 3, 8, 8]));
        Assert.Equal("image", Load(graph).Graph.Input);
        graph.Node[0].Input[0] = "sum";
        graph.Node.Add(new NodeProto { OpType = "Add", Input = { "image", "second" }, Output = { "sum" } });
        var error = Assert.Throws<CnnVisException>(() => Load(graph));
        Assert.Contains("-InputName", error.Message);
        Assert.Contains("second", Assert.Throws<CnnVisException>(() => Load(graph, new ImportOptions { InputName = "image" })).Message);
    }

    [Fact]
    public void AuxiliaryHeadsOfThePictureStay()
    {
        GraphProto graph = TwoHeads();
        graph.Node.Add(new NodeProto { Name = "aux", OpType = "Relu", Input = { "conv" }, Output = { "aux" } });
        graph.Output.Add(new ValueInfoProto { Name = "aux" });
        Assert.Contains("aux", Load(graph).Layers.Select(l => l.Name));
    }

    [Fact]
    public void InputsWithAValueAreParameters()
    {
        GraphProto graph = TwoHeads();
        graph.Input.Add(OnnxWriter.Value("w", [4, 3, 3, 3])); // as files before IR version 4 have it
        Assert.Equal("image", Load(graph).Graph.Input);
    }

    [Theory]
    [InlineData(null, 224, 224)]
    [InlineData(new[] { 32 }, 32, 32)]
    [InlineData(new[] { 32, 48 }, 32, 48)]
    public void OpenSizesAreFilledIn(int[]? size, int rows, int columns)
    {
        GraphProto graph = TwoHeads();
        foreach (var dimension in graph.Input[0].Type.TensorType.Shape.Dim) dimension.DimParam = "any";
        Network network = Load(graph, new ImportOptions { InputSize = size });
        Assert.Equal((3, rows, columns), (network.InputChannels, network.InputHeight, network.InputWidth));
    }

    [Fact]
    public void AnotherSizeThanTheFilesIsTaken()
    {
        Network network = Load(TwoHeads(), new ImportOptions { InputSize = [20, 10] });
        Assert.Equal((20, 10), (network.InputHeight, network.InputWidth));
        Assert.Equal([4, 18, 8], network.Layer("conv").OutputShape);
    }

    [Fact]
    public void AnInputWithoutShapeIsAPicture()
    {
        GraphProto graph = TwoHeads();
        graph.Input[0].Type = null;
        Assert.Equal(224, Load(graph).InputHeight);
    }

    [Fact]
    public void AFixedBatchIsFreed()
    {
        GraphProto graph = TwoHeads();
        graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 8;
        graph.Node[3].OpType = "Reshape";
        graph.Node[3].Input.Add("shape");
        graph.Initializer.Add(new TensorProto { Name = "shape", DataType = (int)DataType.Int64, Dims = { 2 }, Int64Data = { 8, 4 } });
        Network network = Load(graph);
        using var scope = NewDisposeScope();
        Assert.Equal([5, 4], network.Forward(rand([5, 3, 8, 8]), [network.Graph.Output])[0].shape);
    }

    [Theory]
    [InlineData(-5, 8)]
    [InlineData(0, 8)]
    public void NonsenseDimensionsAreOpenOnes(long rows, long columns)
    {
        GraphProto graph = TwoHeads();
        graph.Input[0].Type = OnnxWriter.Value("image", [1, 3, rows, columns]).Type;
        Assert.Equal(224, Load(graph).InputHeight);
    }

    [Theory]
    [InlineData(3, 1L << 40, 8)]
    [InlineData(3, 60000, 60000)]
    [InlineData(long.MaxValue, 8, 8)]
    public void HugePicturesAreRefused(long channels, long rows, long columns)
    {
        GraphProto graph = TwoHeads();
        graph.Input[0].Type = OnnxWriter.Value("image", [1, channels, rows, columns]).Type;
        Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => Load(graph)).ErrorId);
    }

    [Fact]
    public void OutputsThatNothingComputesAreRefused()
    {
        foreach (string output in new[] { "image", "w", "nowhere", "" })
        {
            GraphProto graph = TwoHeads();
            graph.Output[0].Name = output;
            Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => Load(graph)).ErrorId);
        }
    }

    [Fact]
    public void BytesAreTakenForBytes()
    {
        GraphProto graph = TwoHeads();
        graph.Input[0].Type.TensorType.ElemType = (int)DataType.Uint8;
        Network network = Load(graph);
        Assert.Equal("deviation", network.Layers[0].Alias);
        Assert.Equal(1 / 255f, network.Graph.Parameters[network.Graph.Nodes[0].Inputs[1]].item<float>());
    }

    /// <summary>image → conv → relu → gap → flat; and mixed, which needs the second input, scale.</summary>
    private static GraphProto TwoHeads()
    {
        var graph = new GraphProto { Input = { OnnxWriter.Value("image", [1, 3, 8, 8]), OnnxWriter.Value("scale", [1]) } };
        graph.Input[1].Type.TensorType.Shape.Dim[0].DimValue = 1;
        using Tensor weight = rand([4, 3, 3, 3], generator: new Generator(1));
        graph.Initializer.Add(new OnnxTensorContent("w", weight, half: false).ToMessage());
        graph.Node.AddRange(
        [
            new NodeProto { Name = "conv", OpType = "Conv", Input = { "image", "w" }, Output = { "conv" } },
            new NodeProto { Name = "relu", OpType = "Relu", Input = { "conv" }, Output = { "relu" } },
            new NodeProto { Name = "gap", OpType = "GlobalAveragePool", Input = { "relu" }, Output = { "gap" } },
            new NodeProto { Name = "flat", OpType = "Flatten", Input = { "gap" }, Output = { "flat" } },
            new NodeProto { Name = "mixed", OpType = "Mul", Input = { "flat", "scale" }, Output = { "mixed" } },
            new NodeProto { Name = "more", OpType = "Relu", Input = { "mixed" }, Output = { "more" } },
        ]);
        graph.Output.Add(new ValueInfoProto { Name = "flat" });
        graph.Output.Add(new ValueInfoProto { Name = "mixed" });
        return graph;
    }

    private Network Load(GraphProto graph, ImportOptions? options = null)
    {
        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        return Network.Load(_folder.Add("net.onnx", model.ToByteArray()), options);
    }
}
