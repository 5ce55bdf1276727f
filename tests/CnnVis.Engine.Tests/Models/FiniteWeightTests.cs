using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights.Safetensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Networks with numbers that are none are refused, whatever they come from.</summary>
public sealed class FiniteWeightTests : IDisposable
{
    private static readonly CatalogEntry _entry = NetworkCatalog.Find("squeezenet1_1")!;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(float.NaN, "values that are not numbers (NaN)"), InlineData(float.PositiveInfinity, "infinite values"), InlineData(float.NegativeInfinity, "infinite values")]
    public void AStateDictWithOneIsRefused(float value, string what)
    {
        using Graph graph = _entry.BuildRandom(1);
        graph.Parameters["features.3.squeeze.weight"].view(-1)[-1].fill_(value);
        var error = Assert.Throws<CnnVisException>(() => Load(graph.Parameters));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains($"'features.3.squeeze.weight' holds {what}; the network is damaged or its training diverged", error.Message);
        Assert.Contains("net.safetensors", error.Message);
    }

    [Fact]
    public void SoIsOneWithAnInfiniteFloat16()
    {
        using Graph graph = _entry.BuildRandom(1);
        graph.Parameters["classifier.1.bias"][3].fill_(float.PositiveInfinity); // float16 holds that
        Assert.Contains("infinite values", Assert.Throws<CnnVisException>(() => Load(graph.Parameters, half: true)).Message);
    }

    [Fact]
    public void AnOnnxFileWithOneIsRefusedInTheSameWords()
    {
        using Graph graph = TestNetworks.Residual();
        string name = graph.Parameters.First(p => p.Value.dim() == 4).Key;
        graph.Parameters[name].view(-1)[0].fill_(float.NaN);
        using var stream = new MemoryStream();
        OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream);
        string file = _folder.Add("net.onnx", stream.ToArray());
        Assert.Equal($"'{file}' cannot be used: its parameter '{name}' holds values that are not numbers (NaN); the network is damaged or its training diverged.",
            Assert.Throws<CnnVisException>(() => Network.Load(file)).Message);
    }

    [Fact]
    public void TensorsThatNobodyTakesMayHoldAnything()
    {
        using Graph graph = _entry.BuildRandom(1);
        using Tensor other = full(3, float.NaN);
        var tensors = graph.Parameters.ToDictionary(p => "model." + p.Key, p => p.Value);
        tensors["head.weight"] = other;
        Load(tensors).Graph.Dispose();
    }

    [Fact]
    public void MasksAndBoundsMayBeInfinite()
    {
        var chain = new TestNetworks.Chain(1, 1, 3, 4, 4);
        chain.Add("masked", CnnVis.Engine.Graphs.Operators.OperatorCatalog.Create("Add"), chain.Parameter("mask", 1, 3, 4, 4));
        chain.Add("relu", new CnnVis.Engine.Graphs.Operators.Activations.Clip(OperatorAttributes.None), chain.Parameter("low"), chain.Parameter("high"));
        Graph graph = chain.Build();
        graph.Parameters["mask"][0, 0, 0, 0].fill_(float.NegativeInfinity);
        graph.Parameters["low"].fill_(0);
        graph.Parameters["high"].fill_(float.PositiveInfinity);
        Network.Create("net", "here", graph, new Dictionary<string, string>(), new ImportOptions()).Graph.Dispose();
    }

    private Network Load(IReadOnlyDictionary<string, Tensor> tensors, bool half = false)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors.OrderBy(t => t.Key, StringComparer.Ordinal), half);
        return CatalogNetwork.Load(_entry, _folder.Add("net.safetensors", stream.ToArray()), new ImportOptions(), default);
    }
}
