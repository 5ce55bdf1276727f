using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using AttributeType = CnnVis.Engine.Models.Onnx.AttributeProto.Types.AttributeType;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Files made to do harm: each is one clear error, and costs no more than the file and a constant.</summary>
public sealed class OnnxHostileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GraphsInGraphsHaveAnEnd()
    {
        GraphProto graph = Chain(1);
        for (int i = 0; i < 40; i++)
        {
            var node = new NodeProto { OpType = "If", Input = { "x" }, Output = { "y" }, Attribute = { new AttributeProto { Name = "then_branch", Type = AttributeType.Graph, G = graph } } };
            graph = new GraphProto { Node = { node }, Input = { OnnxWriter.Value("x", [1, 1, 4, 4]) }, Output = { new ValueInfoProto { Name = "y" } } };
        }
        Assert.Contains("deeper than", Refused(graph).Message);
    }

    [Fact]
    public void CountlessFieldsAreRefused()
    {
        byte[] nodes = new byte[4_000_000]; // two bytes each: an empty node
        for (int i = 0; i < nodes.Length; i += 2) nodes[i] = 0x0A;
        using var file = new MemoryStream();
        using (var output = new CodedOutputStream(file, leaveOpen: true))
        {
            output.WriteTag(7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(nodes));
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("fields", Refused(file.ToArray()).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    [Theory]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x3A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 0x3B, 0x08, 0x01, 0x3C })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x3A })]
    [InlineData(new byte[] { 0x0D, 0x00 })]
    public void LengthsThatLieAreRefused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("damaged", Refused(file).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void CirclesAndDoublesAreRefused()
    {
        GraphProto circle = Chain(3);
        circle.Node[0].Input[0] = "v3";
        Assert.Equal(ErrorIds.ModelUnreadable, Refused(circle).ErrorId);
        GraphProto itself = Chain(1);
        itself.Node[0].Input[0] = "v1";
        Assert.Equal(ErrorIds.ModelUnreadable, Refused(itself).ErrorId);
        GraphProto twice = Chain(3);
        twice.Node[1].Output[0] = "v1";
        Assert.Equal(ErrorIds.ModelUnreadable, Refused(twice).ErrorId);
        GraphProto overInput = Chain(2);
        overInput.Node[0].Output[0] = "x";
        Assert.Equal(ErrorIds.ModelUnreadable, Refused(overInput).ErrorId);
        GraphProto parameters = Chain(1);
        for (int i = 0; i < 2; i++) parameters.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { 1 }, FloatData = { 1 } });
        Assert.Contains("'w'", Refused(parameters).Message);
    }

    [Fact]
    public void EmptyThingsAreRefused()
    {
        Assert.Contains("no network", Refused([]).Message);
        Assert.Contains("no network", Refused(new ModelProto { OpsetImport = { new OperatorSetIdProto { Version = 17 } } }.ToByteArray()).Message);
        GraphProto noInput = Chain(1);
        noInput.Input.Clear();
        Assert.Contains("no input", Refused(noInput).Message);
        GraphProto noOutput = Chain(1);
        noOutput.Output.Clear();
        Assert.Contains("no output", Refused(noOutput).Message);
        GraphProto nameless = Chain(2);
        nameless.Node[0].Output[0] = "";
        Assert.Equal(ErrorIds.ModelUnreadable, Refused(nameless).ErrorId);
        GraphProto unknown = Chain(1);
        unknown.Node[0].OpType = "";
        Assert.Equal(ErrorIds.OperatorNotSupported, Refused(unknown).ErrorId);
    }

    [Fact]
    public void ThousandsOfNodesAreNoHarm()
    {
        Network network = Network.Load(_folder.Add("long.onnx", Model(Chain(5000)).ToByteArray()));
        Assert.Equal(5000, network.Layers.Count(l => l.Operator == "Relu"));
    }

    [Fact]
    public void LayersBeyondAllMemoryAreRefused()
    {
        GraphProto graph = Chain(1);
        graph.Node[0] = new NodeProto { Name = "pad", OpType = "Pad", Input = { "x", "pads" }, Output = { "v1" } };
        graph.Initializer.Add(new TensorProto { Name = "pads", DataType = 7, Dims = { 8 }, Int64Data = { 0, 0, 1L << 30, 1L << 30, 0, 0, 0, 0 } });
        Assert.Contains("pad", Refused(graph).Message);
    }

    /// <summary>x, and so many ReLUs in a row: v1, v2, …</summary>
    private static GraphProto Chain(int count)
    {
        var graph = new GraphProto { Input = { OnnxWriter.Value("x", [1, 1, 4, 4]) }, Output = { new ValueInfoProto { Name = $"v{count}" } } };
        for (int i = 1; i <= count; i++) graph.Node.Add(new NodeProto { OpType = "Relu", Input = { i == 1 ? "x" : $"v{i - 1}" }, Output = { $"v{i}" } });
        return graph;
    }

    private static ModelProto Model(GraphProto graph) => new() { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };

    private CnnVisException Refused(GraphProto graph) => Refused(Model(graph).ToByteArray());

    private CnnVisException Refused(byte[] file) => Assert.Throws<CnnVisException>(() => Network.Load(_folder.Add("net.onnx", file)));
}
