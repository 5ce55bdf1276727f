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

    [Fact]
    public void WhatFloat16CannotHoldIsRefused()
    {
        using var large = tensor(new[] { 1e6f, 0 });
        var error = Assert.Throws<CnnVisException>(() => new OnnxTensorContent("w", large, half: true).ToMessage());
        Assert.Contains("65504", error.Message);
    }

    [Fact]
    public void MoreThanOnnxMayHoldIsRefusedBeforeAnythingIsWritten()
    {
        // Views of one number: 2.4 GB on paper.
        var parameters = new Dictionary<string, Tensor> { ["w"] = zeros(1).expand(600_000_000, 1).DetachFromDisposeScope() };
        var nodes = new[] { new CnnVis.Engine.Graphs.Node("n", new CnnVis.Engine.Graphs.Operators.Activations.Relu(CnnVis.Engine.Graphs.OperatorAttributes.None), ["x"], "y") };
        using var graph = new CnnVis.Engine.Graphs.Graph("x", [1, 1, 1, 1], nodes, parameters, "y");
        using var stream = new MemoryStream();
        var error = Assert.Throws<CnnVisException>(() => OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("safetensors", error.Message);
        Assert.Equal(0, stream.Length);
    }
}
