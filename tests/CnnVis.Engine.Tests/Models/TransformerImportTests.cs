using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Networks whose middle is a transformer, as exporters write them.</summary>
public sealed class TransformerImportTests
{
    private static Tensor Pictures(long count) => rand([count, 3, 8, 8], generator: new Generator(5));

    private static OnnxGraph Make(string kind) => kind switch
    {
        "torchscript" => SmallTransformer.TorchScript(),
        "dynamo" => SmallTransformer.Dynamo(),
        "convnext" => SmallTransformer.ConvNeXt(decomposed: false),
        _ => SmallTransformer.ConvNeXt(decomposed: true),
    };

    [Theory]
    [InlineData("torchscript")]
    [InlineData("dynamo")]
    [InlineData("convnext")]
    [InlineData("convnext, decomposed")]
    public void AgreesWithOnnxRuntimeAtBatchOneAndFive(string kind)
    {
        using var scope = NewDisposeScope();
        foreach (long batch in new[] { 1L, 5 }) OperatorOracle.Agrees(Make(kind).Proto, 18, Pictures(batch));
    }

    [Fact]
    public void AFileForOnePictureTakesAny()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.AgreesOneByOne(SmallTransformer.FixedBatch(1).Proto, 18, Pictures(5));
    }

    [Fact]
    public void AFileForFourPicturesTakesAny()
    {
        using var scope = NewDisposeScope();
        OnnxGraph file = SmallTransformer.FixedBatch(4);
        Tensor five = Pictures(5);
        OperatorOracle.Agrees(file.Proto.Clone(), 18, five.narrow(0, 0, 4).contiguous());
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(file, 18)).Graph;
        var walk = new ForwardWalk(graph, [graph.Output]);
        Tensor all = walk.Run(five)[0];
        for (int i = 0; i < 5; i++) Assert.True(all[i].allclose(walk.Run(five[i].unsqueeze(0))[0][0], 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("torchscript")]
    [InlineData("dynamo")]
    public void OnlyTheBatchIsLeftOfShapeArithmetic(string kind)
    {
        using var scope = NewDisposeScope();
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(Make(kind), 18)).Graph;
        Node[] reshapes = [.. graph.Nodes.Where(n => n.Operator.Type == "Reshape")];
        Assert.NotEmpty(reshapes);
        Assert.All(reshapes, reshape => Assert.True(graph.Parameters.ContainsKey(reshape.Inputs[1])));
        string[] arithmetic = ["Shape", "Unsqueeze", "Where", "Equal", "Cast", "Range"];
        Assert.Equal("Shape", Assert.Single(graph.Nodes, n => arithmetic.Contains(n.Operator.Type)).Operator.Type);
    }

    [Fact]
    public void ItsLayersAreCounted()
    {
        using var scope = NewDisposeScope();
        Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(SmallTransformer.TorchScript(), 18)).Graph;
        Network network = Network.Create("vit", "test", graph, new Dictionary<string, string>(), new ImportOptions());
        // patches, token and places; qkv, projection, MLP; three normalisations; head
        Assert.Equal(8 * 48 + 8 + 8 + 40 + 8 * 24 + 24 + 8 * 8 + 8 + 2 * 128 + 3 * 16 + 4 * 8 + 4, network.ParameterCount);
        // of one picture: patches, qkv, scores and values, projection, MLP, head
        Assert.Equal(4 * 8 * 48 + 5 * 8 * 24 + 2 * (2 * 5 * 5 * 4) + 5 * 8 * 8 + 2 * (5 * 8 * 16) + 4 * 8, network.MultiplyAdds);
    }

    [Fact]
    public void ReceptiveFieldsSurviveChannelsLast()
    {
        using var scope = NewDisposeScope();
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(SmallTransformer.ConvNeXt(decomposed: true), 18)).Graph;
        using var shapes = new ShapeWalk(graph);
        var fields = new ReceptiveFieldWalk(graph, shapes);
        Node mixed = graph.Nodes.Last(n => n.Operator.Type == "Conv");
        Node[] between = [.. graph.Nodes.SkipWhile(n => n != mixed).Skip(1).TakeWhile(n => n.Operator.Type != "ReduceMean" || n.Inputs.Count < 2 || shapes[n.Output].Count < 4 || shapes[n.Output][2] > 1)];
        Assert.True(between.Length > 12);
        Assert.All(between, node => Assert.Equal(new ReceptiveField(14, 14, 2, 2, -6, -6), fields[node.Output]));
        ReceptiveField whole = fields[graph.Output]!;
        Assert.True(whole.OffsetX <= 0 && whole.OffsetX + whole.Width >= 8);
    }

    [Fact]
    public void AttentionSeesTheWholePicture()
    {
        using var scope = NewDisposeScope();
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(SmallTransformer.TorchScript(), 18)).Graph;
        using var shapes = new ShapeWalk(graph);
        var fields = new ReceptiveFieldWalk(graph, shapes);
        Assert.Equal(new ReceptiveField(4, 4, 4, 4, 0, 0), fields[graph.Nodes.Single(n => n.Operator.Type == "Conv").Output]);
        Assert.Equal(new ReceptiveField(8, 8, 0, 0, 0, 0), fields[graph.Output]);
        Assert.Null(fields[graph.Nodes.Single(n => n.Operator.Type == "Expand").Output]);
    }
}
