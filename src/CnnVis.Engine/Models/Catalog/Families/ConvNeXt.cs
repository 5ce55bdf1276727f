namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// ConvNeXt-T (Liu et al. 2022, table 9). Where torchvision puts the channels last for two matrix products, we put them back first and convolve 1×1 with the same
/// weights: every layer's units are maps.
/// </summary>
internal static class ConvNeXt
{
    private static readonly (int Channels, int Blocks)[] _stages = [(96, 3), (192, 3), (384, 9), (768, 3)];

    public static IEnumerable<CatalogEntry> Entries =>
        [new CatalogEntry("convnext_tiny", "convnext_tiny-983f1562.pth", Describe) { Input = CatalogEntry.Square(224, 236) }];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.Conv("features.0.0", 96, 4, stride: 4).ChannelNorm("features.0.1", "features.0.1.permute", "features.0.1.permute_1");
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            var (channels, blocks) = _stages[stage];
            if (stage > 0) net.ChannelNorm($"features.{2 * stage}.0", $"features.{2 * stage}.0.permute", $"features.{2 * stage}.0.permute_1").Conv($"features.{2 * stage}.1", channels, 2, stride: 2);
            for (int block = 0; block < blocks; block++) Block(net, $"features.{2 * stage + 1}.{block}");
        }
        return net.GlobalAveragePool("avgpool").ChannelNorm("classifier.0", "classifier.0.permute", "classifier.0.permute_1").Flatten("classifier.1").Linear("classifier.2", 1000);
    }

    private static void Block(NetworkBuilder net, string at) => net.Residual($"{at}.add", branch =>
    {
        int channels = branch.Channels;
        return branch.Conv($"{at}.block.0", channels, 7, padding: 3, groups: channels)
            .ChannelNorm($"{at}.block.2", $"{at}.block.1", $"{at}.block.6")
            .PointwiseLinear($"{at}.block.3", 4 * channels).Gelu($"{at}.block.4").PointwiseLinear($"{at}.block.5", channels)
            .LayerScale($"{at}.mul", $"{at}.layer_scale");
    });
}
