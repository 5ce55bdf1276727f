namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>ShuffleNet V2 (Ma et al. 2018, table 5): half of the channels passes a block unchanged, then both halves are shuffled.</summary>
internal static class ShuffleNetV2
{
    private static readonly (int Output, int Blocks)[] _stages = [(116, 4), (232, 8), (464, 4)];

    public static IEnumerable<CatalogEntry> Entries => [new CatalogEntry("shufflenet_v2_x1_0", "shufflenetv2_x1-5666bf0f80.pth", Describe)];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.Conv("conv1.0", 24, 3, stride: 2, padding: 1, bias: false).BatchNorm("conv1.1").Relu("conv1.2").MaxPool("maxpool", 3, 2, padding: 1);
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            var (output, blocks) = _stages[stage];
            Downsample(net, $"stage{stage + 2}.0", output / 2);
            for (int block = 1; block < blocks; block++) Block(net, $"stage{stage + 2}.{block}", output / 2);
        }
        return net.Conv("conv5.0", 1024, 1, bias: false).BatchNorm("conv5.1").Relu("conv5.2").GlobalAveragePool("mean").Flatten().Linear("fc", 1000);
    }

    private static void Downsample(NetworkBuilder net, string at, int half) => net
        .Branches($"{at}.cat",
            branch => branch.Conv($"{at}.branch1.0", branch.Channels, 3, 2, 1, branch.Channels, bias: false).BatchNorm($"{at}.branch1.1")
                .Conv($"{at}.branch1.2", half, 1, bias: false).BatchNorm($"{at}.branch1.3").Relu($"{at}.branch1.4"),
            branch => Branch(branch, at, half, 2))
        .ChannelShuffle($"{at}.shuffle", 2);

    private static void Block(NetworkBuilder net, string at, int half) => net
        .Branches($"{at}.cat",
            branch => branch.SliceChannels($"{at}.chunk", 0, half),
            branch => Branch(branch.SliceChannels($"{at}.chunk_1", half, 2 * half), at, half, 1))
        .ChannelShuffle($"{at}.shuffle", 2);

    private static NetworkBuilder Branch(NetworkBuilder net, string at, int half, int stride) => net
        .Conv($"{at}.branch2.0", half, 1, bias: false).BatchNorm($"{at}.branch2.1").Relu($"{at}.branch2.2")
        .Conv($"{at}.branch2.3", half, 3, stride, 1, half, bias: false).BatchNorm($"{at}.branch2.4")
        .Conv($"{at}.branch2.5", half, 1, bias: false).BatchNorm($"{at}.branch2.6").Relu($"{at}.branch2.7");
}
