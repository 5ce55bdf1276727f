namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>DenseNet-BC (Huang et al. 2017, table 1): each layer adds its maps to all before it.</summary>
internal static class DenseNet
{
    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("densenet121", "a639ec97", 64, 32, [6, 12, 24, 16]),
        Entry("densenet161", "8d451a50", 96, 48, [6, 12, 36, 24]),
        Entry("densenet169", "b2777c0a", 64, 32, [6, 12, 32, 32]),
        Entry("densenet201", "c1103571", 64, 32, [6, 12, 48, 32]),
    ];

    private static CatalogEntry Entry(string name, string hash, int first, int growth, int[] blocks) => new(name, $"{name}-{hash}.pth", net =>
    {
        net.Conv("features.conv0", first, 7, stride: 2, padding: 3, bias: false).BatchNorm("features.norm0").Relu("features.relu0").MaxPool("features.pool0", 3, 2, padding: 1);
        for (int block = 1; block <= blocks.Length; block++)
        {
            for (int layer = 1; layer <= blocks[block - 1]; layer++) Layer(net, $"features.denseblock{block}.denselayer{layer}", growth);
            if (block < blocks.Length) Transition(net, $"features.transition{block}");
        }
        return net.BatchNorm("features.norm5").Relu("relu").GlobalAveragePool("adaptive_avg_pool2d").Flatten().Linear("classifier", 1000);
    });

    private static void Layer(NetworkBuilder net, string at, int growth) => net.Branches($"{at}.cat",
        all => all,
        all => all
            .BatchNorm($"{at}.norm1").Relu($"{at}.relu1").Conv($"{at}.conv1", 4 * growth, 1, bias: false)
            .BatchNorm($"{at}.norm2").Relu($"{at}.relu2").Conv($"{at}.conv2", growth, 3, padding: 1, bias: false));

    private static void Transition(NetworkBuilder net, string at) => net
        .BatchNorm($"{at}.norm").Relu($"{at}.relu").Conv($"{at}.conv", net.Channels / 2, 1, bias: false).AveragePool($"{at}.pool", 2, 2);
}
