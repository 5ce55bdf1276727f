namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>SqueezeNet (Iandola et al. 2016, table 1; 1.1 is its authors' later revision). Its classes come from a convolution, a ReLU and the mean of each map.</summary>
internal static class SqueezeNet
{
    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("squeezenet1_0", "b66bff10", (96, 7), [16, 16, 32, Pool, 32, 48, 48, 64, Pool, 64]),
        Entry("squeezenet1_1", "b8a52dc0", (64, 3), [16, 16, Pool, 32, 32, Pool, 48, 48, 64, 64]),
    ];

    private const int Pool = 0;

    /// <summary>The list holds the squeezed channels of each fire module, or a pool between two.</summary>
    private static CatalogEntry Entry(string name, string hash, (int Channels, int Kernel) first, int[] features) => new(name, $"{name}-{hash}.pth", net =>
    {
        net.Conv("features.0", first.Channels, first.Kernel, stride: 2).Relu("features.1").MaxPool("features.2", 3, 2, ceil: true);
        for (int i = 0; i < features.Length; i++)
        {
            if (features[i] == Pool) net.MaxPool($"features.{i + 3}", 3, 2, ceil: true);
            else Fire(net, $"features.{i + 3}", features[i]);
        }
        return net.Dropout("classifier.0").Conv("classifier.1", 1000, 1).Relu("classifier.2").GlobalAveragePool("classifier.3").Flatten();
    });

    private static void Fire(NetworkBuilder net, string at, int squeezed) => net
        .Conv($"{at}.squeeze", squeezed, 1).Relu($"{at}.squeeze_activation")
        .Branches($"{at}.cat",
            branch => branch.Conv($"{at}.expand1x1", squeezed * 4, 1).Relu($"{at}.expand1x1_activation"),
            branch => branch.Conv($"{at}.expand3x3", squeezed * 4, 3, padding: 1).Relu($"{at}.expand3x3_activation"));
}
