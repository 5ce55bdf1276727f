using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.Tests.Models.Downloads;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Networks of the catalog with and without weights. They are known by the folder of weights, which the tests of downloads move.</summary>
[Collection(nameof(DownloadFixture))]
public sealed class CatalogNetworkTests : IDisposable
{
    private const string Name = "squeezenet1_1";
    private static readonly CatalogEntry _entry = NetworkCatalog.Find(Name)!;

    private readonly TempFolder _folder = new();

    [Fact]
    public void AStructureKnowsAllButTheNumbers()
    {
        Network structure = CatalogNetwork.Structure(_entry), random = CatalogNetwork.Random(_entry, 1, new ImportOptions());
        Assert.Equal(random.Layers.Select(l => l.ToString()), structure.Layers.Select(l => l.ToString()));
        Assert.Equal(random.Layers.Select(l => (l.Name, l.ParameterCount, l.MultiplyAdds, l.ReceptiveField)), structure.Layers.Select(l => (l.Name, l.ParameterCount, l.MultiplyAdds, l.ReceptiveField)));
        Assert.Equal(_entry.ParameterCount, structure.ParameterCount);
        Assert.Equal(_entry.Input, structure.Input);
    }

    [Fact]
    public void EveryNetworkHasAStructureAndItsInput() => Assert.All(NetworkCatalog.Entries, entry =>
    {
        Network structure = CatalogNetwork.Structure(entry);
        Assert.Equal(entry.ParameterCount, structure.ParameterCount);
        Assert.Equal(entry.Input, structure.Input);
        Assert.Equal(entry.Classes, structure.Classes);
    });

    [Fact]
    public void EveryNetworkMayHaveOtherClasses() => Assert.All(NetworkCatalog.Entries, entry =>
    {
        using Graph graph = entry.Describe().WithClasses(7).Build(new HollowParameters());
        using var shapes = new ShapeWalk(graph);
        Assert.Equal([1, 7], shapes[graph.Output]);
    });

    [Theory]
    [InlineData(1000, "")]
    [InlineData(10, "")]
    [InlineData(10, "backbone.")]
    [InlineData(1, "module.")]
    public void AFileDecidesTheNumberOfClasses(int classes, string prefix)
    {
        Network tuned = CatalogNetwork.Random(_entry, 2, new ImportOptions { Classes = [.. Enumerable.Range(0, classes).Select(i => $"{i}")] });
        string path = Write(tuned.Graph, prefix);
        Network network = CatalogNetwork.Load(_entry, path, new ImportOptions());
        Assert.Equal(Math.Max(2, classes), network.Classes.Count); // one is yes or no
        Assert.Equal(classes == 1000 ? "tench" : "class 0", network.Classes[0]);
        using var scope = NewDisposeScope();
        Tensor picture = rand(1, 3, 224, 224);
        string[] output = [network.Graph.Output];
        Assert.True(network.Forward(picture, output)[0].allclose(tuned.Forward(picture, output)[0]));
    }

    [Fact]
    public void AKeyChoosesOneOfSeveralSets()
    {
        Network tuned = CatalogNetwork.Random(_entry, 2, new ImportOptions { Classes = ["a", "b", "c"] });
        string path = Write(tuned.Graph, "ema.");
        Assert.Equal(3, CatalogNetwork.Load(_entry, path, new ImportOptions(), "ema").Classes.Count);
        Assert.Equal(ErrorIds.WeightsMismatch, Assert.Throws<CnnVisException>(() => CatalogNetwork.Load(_entry, path, new ImportOptions(), "model")).ErrorId);
    }

    [Fact]
    public void ANetworkOfItsNameIsReadOnceFromItsFile()
    {
        string path = Write(CatalogNetwork.Random(_entry, 3, new ImportOptions()).Graph, "");
        var asked = new List<string>();
        Network network = ModelCatalog.Get("SqueezeNet1_1", file =>
        {
            asked.Add(file.Name);
            return path;
        });
        Assert.Same(network, ModelCatalog.Get(Name, _ => throw new InvalidOperationException("It is there.")));
        Assert.Equal([_entry.WeightFile!], asked);
        Assert.Equal(ModelStatus.Loaded, network.Status);
    }

    [Fact]
    public void ACachedFileThatHasGoneBadIsTold()
    {
        string path = _folder.Add(_entry.WeightFile!, "no weights"u8);
        var error = Assert.Throws<CnnVisException>(() => ModelCatalog.Read(Name, new ImportOptions(), _ => path, default));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains("Delete it", error.Message);
    }

    [Fact]
    public void APictureMayHaveAnotherSize()
    {
        Network network = CatalogNetwork.Random(_entry, 1, new ImportOptions { InputSize = [64], Mean = [0] });
        Assert.Equal((64, 64), (network.InputHeight, network.InputWidth));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => CatalogNetwork.Random(_entry, 1, new ImportOptions { InputSize = [64, 96] })).ErrorId);
    }

    private string Write(Graph graph, string prefix)
    {
        using FileStream file = File.Create(_folder["weights.safetensors"]);
        SafetensorsWriter.Write(file, graph.Parameters.Where(p => p.Key.Contains("features", StringComparison.Ordinal) || p.Key.Contains("classifier", StringComparison.Ordinal)).ToDictionary(p => prefix + p.Key, p => p.Value));
        return _folder["weights.safetensors"];
    }

    public void Dispose() => _folder.Dispose();
}
