using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>What is written of a network.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SafetensorsHoldTheWeightsUnderTheirNames()
    {
        Network network = Network.Create("net", "here", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions { Mean = [0.5f], StandardDeviation = [0.25f], Classes = [.. "abcdefghij".Select(c => $"{c}")] });
        using var stream = new MemoryStream();
        network.Save(stream, ModelFormat.Safetensors, halfPrecision: false);
        using StateDict weights = WeightFile.Read(_folder.Add("net.safetensors", stream.ToArray()));
        Assert.Equal(network.Graph.Parameters.Keys.Except(["mean.value", "deviation.value"]).Order(StringComparer.Ordinal), weights.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in weights) Assert.True(tensor.Equals(network.Graph.Parameters[name]));
        Assert.Contains("\"j\"", weights.Metadata["cnnvis.classes"]);
    }

    [Theory, InlineData(ModelFormat.Onnx), InlineData(ModelFormat.Safetensors)]
    public void WhatFloat16CannotHoldStaysFloat32AndIsTold(ModelFormat format)
    {
        var graph = TestNetworks.Residual();
        string[] names = [.. graph.Parameters.Where(p => p.Value.dim() == 4).Select(p => p.Key).Order(StringComparer.Ordinal).Take(3)];
        graph.Parameters[names[0]].view(-1)[0].fill_(1e6f);
        graph.Parameters[names[1]].mul_(1e-8f); // every number would lose bits
        graph.Parameters[names[2]].view(-1)[0].fill_(65504f);
        Network network = Network.Create("net", "here", graph, new Dictionary<string, string>(), new ImportOptions());
        using var stream = new MemoryStream();
        Assert.Equal(names[..2], network.Save(stream, format, halfPrecision: true));
        string file = _folder.Add($"net.{format}", stream.ToArray());
        using StateDict? weights = format == ModelFormat.Safetensors ? WeightFile.Read(file) : null;
        IReadOnlyDictionary<string, Tensor> read = weights is null ? Network.Load(file).Graph.Parameters : weights.ToDictionary();
        foreach (string name in names[..2]) Assert.True(read[name].Equals(graph.Parameters[name]));
        Assert.False(read[names[2]].Equals(graph.Parameters[names[2]]));
        Assert.True(read[names[2]].allclose(graph.Parameters[names[2]], 1e-3, 1e-7));
        Assert.Empty(network.Save(new MemoryStream(), format, halfPrecision: false));
    }

    [Fact]
    public void MoreThanOnnxMayHoldIsRefusedBeforeAnythingIsWritten()
    {
        // Views of one number: 2.4 GB on paper.
        var parameters = new Dictionary<string, Tensor> { ["w"] = zeros(1).expand(600_000_000, 1).DetachFromDisposeScope() };
        var nodes = new[] { new CnnVis.Engine.Graphs.Node("n", CnnVis.Engine.Graphs.Operators.OperatorCatalog.Create("Relu"), ["x"], "y") };
        using var graph = new CnnVis.Engine.Graphs.Graph("x", [1, 1, 1, 1], nodes, parameters, "y");
        using var stream = new MemoryStream();
        var error = Assert.Throws<CnnVisException>(() => OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("safetensors", error.Message);
        Assert.Equal(0, stream.Length);
    }
}
