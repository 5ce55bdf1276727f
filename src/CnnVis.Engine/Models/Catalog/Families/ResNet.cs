using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// Residual networks (He et al. 2015, table 1), wide ones (Zagoruyko and Komodakis 2016) and ResNeXt (Xie et al. 2016). As torchvision has them, a bottleneck
/// strides in its 3×3 convolution and not in its first.
/// </summary>
internal static class ResNet
{
    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("resnet18", "f37072fd", [2, 2, 2, 2], Basic),
        Entry("resnet34", "b627a593", [3, 4, 6, 3], Basic),
        Entry("resnet50", "0676ba61", [3, 4, 6, 3], Bottleneck()),
        Entry("resnet101", "63fe2227", [3, 4, 23, 3], Bottleneck()),
        Entry("resnet152", "394f9c45", [3, 8, 36, 3], Bottleneck()),
        Entry("wide_resnet50_2", "95faca4d", [3, 4, 6, 3], Bottleneck(groupWidth: 128)),
        Entry("wide_resnet101_2", "32ee1156", [3, 4, 23, 3], Bottleneck(groupWidth: 128)),
        Entry("resnext50_32x4d", "7cdf4587", [3, 4, 6, 3], Bottleneck(32, 4)),
        Entry("resnext101_32x8d", "8ba56ff5", [3, 4, 23, 3], Bottleneck(32, 8)),
    ];

    /// <summary>One of any depth and width, as transformers configures them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="embedding">Filters of the first convolution.</param>
    /// <param name="widths">Maps that each stage gives; a multiple of 4 with bottlenecks.</param>
    /// <param name="depths">Blocks of each stage.</param>
    /// <param name="bottlenecks">Whether blocks are bottlenecks.</param>
    /// <param name="stridesFirst">Whether a bottleneck strides in its first convolution.</param>
    /// <param name="firstStride">Stride of the first stage.</param>
    public static CatalogEntry Of(string name, int embedding, IReadOnlyList<int> widths, IReadOnlyList<int> depths, bool bottlenecks, bool stridesFirst, int firstStride) => new(name, weightFile: null, net =>
    {
        Branch branch = bottlenecks ? Bottleneck(stridesFirst: stridesFirst) : Basic;
        net.Conv("conv1", embedding, 7, stride: 2, padding: 3, bias: false).BatchNorm("bn1").Relu("relu").MaxPool("maxpool", 3, 2, padding: 1);
        for (int stage = 0; stage < depths.Count; stage++)
            for (int block = 0; block < depths[stage]; block++)
                Block(net, $"layer{stage + 1}.{block}", bottlenecks ? widths[stage] / 4 : widths[stage], block > 0 ? 1 : stage > 0 ? 2 : firstStride, branch);
        return net.GlobalAveragePool("avgpool").Flatten().Linear("fc", 1000);
    })
    {
        Dialects =
        [
            new WeightDialect("embedder.embedder.convolution.weight", // transformers
            [
                (@"(?:resnet\.)?embedder\.embedder\.convolution", "conv1"), (@"(?:resnet\.)?embedder\.embedder\.normalization", "bn1"),
                .. Enumerable.Range(0, depths.Count).SelectMany(s => new[] { ("shortcut.convolution", "downsample.0"), ("shortcut.normalization", "downsample.1"), ("layer.0.convolution", "conv1"), ("layer.0.normalization", "bn1"),
                        ("layer.1.convolution", "conv2"), ("layer.1.normalization", "bn2"), ("layer.2.convolution", "conv3"), ("layer.2.normalization", "bn3") }
                    .Select(p => ($@"(?:resnet\.)?encoder\.stages\.{s}\.layers\.(\d+)\.{p.Item1.Replace(".", @"\.")}", $"layer{s + 1}.${{1}}.{p.Item2}"))),
                (@"classifier\.1", "fc"),
            ]),
        ],
    };

    /// <summary>A block's residual branch up to the sum; its width is 64 in the first stage and doubles in each further one.</summary>
    private delegate NetworkBuilder Branch(NetworkBuilder net, string at, int width, int stride);

    private static CatalogEntry Entry(string name, string hash, int[] blocks, Branch branch) => new(name, $"{name}-{hash}.pth", net =>
    {
        net.Conv("conv1", 64, 7, stride: 2, padding: 3, bias: false).BatchNorm("bn1").Relu("relu").MaxPool("maxpool", 3, 2, padding: 1);
        for (int stage = 0; stage < blocks.Length; stage++)
            for (int block = 0; block < blocks[stage]; block++)
                Block(net, $"layer{stage + 1}.{block}", 64 << stage, stage > 0 && block == 0 ? 2 : 1, branch);
        return net.GlobalAveragePool("avgpool").Flatten().Linear("fc", 1000);
    });

    private static void Block(NetworkBuilder net, string at, int width, int stride, Branch branch)
    {
        string from = net.Value;
        int channels = net.Channels;
        string result = branch(net, at, width, stride).Value;
        int output = net.Channels;
        if (stride > 1 || channels != output) net.From(from).Conv($"{at}.downsample.0", output, 1, stride, bias: false).BatchNorm($"{at}.downsample.1");
        else net.From(from);
        string skip = net.Value;
        net.From(result).Sum($"{at}.add", skip).Relu(branch == Basic ? $"{at}.relu_1" : $"{at}.relu_2");
    }

    private static NetworkBuilder Basic(NetworkBuilder net, string at, int width, int stride) => net
        .Conv($"{at}.conv1", width, 3, stride, 1, bias: false).BatchNorm($"{at}.bn1").Relu($"{at}.relu")
        .Conv($"{at}.conv2", width, 3, 1, 1, bias: false).BatchNorm($"{at}.bn2");

    /// <summary>1×1, 3×3 and 1×1; the group width is that of the first stage.</summary>
    private static Branch Bottleneck(int groups = 1, int groupWidth = 64, bool stridesFirst = false) => (net, at, width, stride) =>
    {
        int inner = width * groupWidth / 64 * groups;
        return net
            .Conv($"{at}.conv1", inner, 1, stridesFirst ? stride : 1, bias: false).BatchNorm($"{at}.bn1").Relu($"{at}.relu")
            .Conv($"{at}.conv2", inner, 3, stridesFirst ? 1 : stride, 1, groups, bias: false).BatchNorm($"{at}.bn2").Relu($"{at}.relu_1")
            .Conv($"{at}.conv3", width * 4, 1, bias: false).BatchNorm($"{at}.bn3");
    };
}
