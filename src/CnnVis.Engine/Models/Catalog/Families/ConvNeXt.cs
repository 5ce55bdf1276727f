using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// ConvNeXt-T (Liu et al. 2022, table 9). Where torchvision puts the channels last for two matrix products, we put them back first and convolve 1×1 with the same
/// weights: every layer's units are maps.
/// </summary>
internal static class ConvNeXt
{
    private static readonly (int Channels, int Blocks)[] _stages = [(96, 3), (192, 3), (384, 9), (768, 3)];

    public static IEnumerable<CatalogEntry> Entries =>
        [Of("convnext_tiny", "convnext_tiny-983f1562.pth", _stages) with { Input = CatalogEntry.Square(224, 236) }];

    /// <summary>One of any depth and width.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="weightFile">Its published weights, or null.</param>
    /// <param name="stages">Channels and blocks, stage by stage.</param>
    /// <param name="epsilon">Of the last normalisation.</param>
    public static CatalogEntry Of(string name, string? weightFile, IReadOnlyList<(int Channels, int Blocks)> stages, float epsilon = 1e-6f) => new(name, weightFile, net => Describe(net, stages, epsilon))
    {
        Dialects =
        [
            new WeightDialect("stages.0.blocks.0.conv_dw.weight", // timm
            [
                ("stem", "features.0"),
                .. Enumerable.Range(0, stages.Count).SelectMany(s => Stage(s, $@"stages\.{s}\.downsample", $@"stages\.{s}\.blocks", "conv_dw", "norm", @"mlp\.fc1", @"mlp\.fc2", "gamma")),
                (@"head\.norm", "classifier.0"), (@"head\.fc", "classifier.2"),
            ]),
            new WeightDialect("embeddings.patch_embeddings.weight", // transformers
            [
                (@"(?:convnext\.)?embeddings\.patch_embeddings", "features.0.0"), (@"(?:convnext\.)?embeddings\.layernorm", "features.0.1"),
                .. Enumerable.Range(0, stages.Count).SelectMany(s => Stage(s, $@"(?:convnext\.)?encoder\.stages\.{s}\.downsampling_layer", $@"(?:convnext\.)?encoder\.stages\.{s}\.layers", "dwconv", "layernorm", "pwconv1", "pwconv2", "layer_scale_parameter")),
                (@"(?:convnext\.)?layernorm", "classifier.0"), ("classifier", "classifier.2"),
            ]),
        ],
    };

    private static IEnumerable<(string, string)> Stage(int stage, string reduction, string blocks, params string[] parts) =>
        parts.Zip(["block.0", "block.2", "block.3", "block.5", "layer_scale"], (part, ours) => ($@"{blocks}\.(\d+)\.{part}", $"features.{2 * stage + 1}.${{1}}.{ours}")).Prepend(($@"{reduction}\.([01])", $"features.{2 * stage}.${{1}}"));

    private static NetworkBuilder Describe(NetworkBuilder net, IReadOnlyList<(int Channels, int Blocks)> stages, float epsilon)
    {
        net.Conv("features.0.0", stages[0].Channels, 4, stride: 4).ChannelNorm("features.0.1", "features.0.1.permute", "features.0.1.permute_1");
        for (int stage = 0; stage < stages.Count; stage++)
        {
            var (channels, blocks) = stages[stage];
            if (stage > 0) net.ChannelNorm($"features.{2 * stage}.0", $"features.{2 * stage}.0.permute", $"features.{2 * stage}.0.permute_1").Conv($"features.{2 * stage}.1", channels, 2, stride: 2);
            for (int block = 0; block < blocks; block++) Block(net, $"features.{2 * stage + 1}.{block}");
        }
        return net.GlobalAveragePool("avgpool").ChannelNorm("classifier.0", "classifier.0.permute", "classifier.0.permute_1", epsilon).Flatten("classifier.1").Linear("classifier.2", 1000);
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
