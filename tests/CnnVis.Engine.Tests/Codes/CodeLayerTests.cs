using CnnVis.Engine.Codes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Tests.Codes;

public sealed class CodeLayerTests
{
    [Theory]
    [InlineData("alexnet", "Relu", 4096), InlineData("vgg11", "Relu", 4096), InlineData("resnet18", "GlobalAveragePool", 512), InlineData("squeezenet1_1", "Concat", 512)]
    public void TheCodeIsWhatTheClassifierReads(string name, string kind, int channels)
    {
        Network network = CatalogNetwork.Random(NetworkCatalog.Find(name)!, 0, new ImportOptions());
        CnnLayer layer = CodeLayer.Of(network);
        Assert.Equal((kind, channels), (layer.Operator, layer.Channels));
        network.Graph.Dispose();
    }
}
