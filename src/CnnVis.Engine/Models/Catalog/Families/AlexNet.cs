namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>AlexNet in the form of Krizhevsky 2014 (One weird trick), without its two halves.</summary>
internal static class AlexNet
{
    public static IEnumerable<CatalogEntry> Entries => [new CatalogEntry("alexnet", "alexnet-owt-7be5be79.pth", Describe)];

    private static NetworkBuilder Describe(NetworkBuilder net) => net
        .Conv("features.0", 64, 11, stride: 4, padding: 2).Relu("features.1").MaxPool("features.2", 3, 2)
        .Conv("features.3", 192, 5, padding: 2).Relu("features.4").MaxPool("features.5", 3, 2)
        .Conv("features.6", 384, 3, padding: 1).Relu("features.7")
        .Conv("features.8", 256, 3, padding: 1).Relu("features.9")
        .Conv("features.10", 256, 3, padding: 1).Relu("features.11").MaxPool("features.12", 3, 2)
        .AdaptiveAveragePool("avgpool", 6).Flatten()
        .Dropout("classifier.0").Linear("classifier.1", 4096).Relu("classifier.2")
        .Dropout("classifier.3").Linear("classifier.4", 4096).Relu("classifier.5")
        .Linear("classifier.6", 1000);
}
