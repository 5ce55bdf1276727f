namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>MnasNet-B1 (Tan et al. 2018, figure 7): inverted residuals with plain ReLUs, found by search.</summary>
internal static class MnasNet
{
    private static readonly (int Output, int Kernel, int Stride, int Expansion, int Blocks)[] _stacks =
        [(24, 3, 2, 3, 3), (40, 5, 2, 3, 3), (80, 5, 2, 6, 3), (96, 3, 1, 6, 2), (192, 5, 2, 6, 4), (320, 3, 1, 6, 1)];

    public static IEnumerable<CatalogEntry> Entries => [new CatalogEntry("mnasnet1_0", "mnasnet1.0_top1_73.512-f206786ef8.pth", Describe)];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.Conv("layers.0", 32, 3, stride: 2, padding: 1, bias: false).BatchNorm("layers.1").Relu("layers.2")
            .Conv("layers.3", 32, 3, padding: 1, groups: 32, bias: false).BatchNorm("layers.4").Relu("layers.5")
            .Conv("layers.6", 16, 1, bias: false).BatchNorm("layers.7");
        for (int i = 0; i < _stacks.Length; i++)
        {
            var (output, kernel, stride, expansion, blocks) = _stacks[i];
            for (int block = 0; block < blocks; block++) Block(net, $"layers.{i + 8}.{block}", output, kernel, block == 0 ? stride : 1, expansion);
        }
        return net.Conv("layers.14", 1280, 1, bias: false).BatchNorm("layers.15").Relu("layers.16")
            .GlobalAveragePool("mean").Flatten().Dropout("classifier.0").Linear("classifier.1", 1000);
    }

    private static void Block(NetworkBuilder net, string at, int output, int kernel, int stride, int expansion) => net.Residual($"{at}.add", branch =>
    {
        int hidden = branch.Channels * expansion;
        return branch.Conv($"{at}.layers.0", hidden, 1, bias: false).BatchNorm($"{at}.layers.1").Relu($"{at}.layers.2")
            .Conv($"{at}.layers.3", hidden, kernel, stride, kernel / 2, hidden, bias: false).BatchNorm($"{at}.layers.4").Relu($"{at}.layers.5")
            .Conv($"{at}.layers.6", output, 1, bias: false).BatchNorm($"{at}.layers.7");
    });
}
