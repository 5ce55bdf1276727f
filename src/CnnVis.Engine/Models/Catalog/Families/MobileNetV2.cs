using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>MobileNetV2 (Sandler et al. 2018, table 2): inverted residuals with ReLU6.</summary>
internal static class MobileNetV2
{
    private static readonly (int Expansion, int Output, int Blocks, int Stride)[] _stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    public static IEnumerable<CatalogEntry> Entries => [new CatalogEntry("mobilenet_v2", "mobilenet_v2-b0353104.pth", Describe) { Dialects = [Timm()] }];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.ConvNorm("features.0", 32, 3, stride: 2, activation: Relu6);
        int number = 1;
        foreach (var (expansion, output, blocks, stride) in _stages)
            for (int block = 0; block < blocks; block++)
                Block(net, $"features.{number++}", expansion, output, block == 0 ? stride : 1);
        return net.ConvNorm($"features.{number}", 1280, 1, activation: Relu6).GlobalAveragePool("adaptive_avg_pool2d").Flatten().Dropout("classifier.0").Linear("classifier.1", 1000);
    }

    private static void Block(NetworkBuilder net, string at, int expansion, int output, int stride) => net.Residual($"{at}.add", branch =>
    {
        int part = 0, hidden = branch.Channels * expansion;
        if (expansion > 1) branch.ConvNorm($"{at}.conv.{part++}", hidden, 1, activation: Relu6);
        return branch.ConvNorm($"{at}.conv.{part++}", hidden, 3, stride, groups: hidden, activation: Relu6)
            .Conv($"{at}.conv.{part++}", output, 1, bias: false).BatchNorm($"{at}.conv.{part}");
    });

    /// <summary>timm numbers the blocks by stage.</summary>
    private static WeightDialect Timm()
    {
        var rules = new List<(string, string)>();
        int number = 1;
        for (int stage = 0; stage < _stages.Length; stage++)
            for (int block = 0; block < _stages[stage].Blocks; block++, number++)
            {
                string[] theirs = stage == 0 ? ["conv_dw", "bn1", "conv_pw", "bn2"] : ["conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3"], ours = stage == 0 ? ["0.0", "0.1", "1", "2"] : ["0.0", "0.1", "1.0", "1.1", "2", "3"];
                for (int i = 0; i < theirs.Length; i++) rules.Add(($@"blocks\.{stage}\.{block}\.{theirs[i]}", $"features.{number}.conv.{ours[i]}"));
            }
        return new WeightDialect("blocks.1.0.conv_pwl.weight", [.. rules, ("conv_stem", "features.0.0"), ("bn1", "features.0.1"), ("conv_head", $"features.{number}.0"), ("bn2", $"features.{number}.1"), ("classifier", "classifier.1")]);
    }

    private static NetworkBuilder Relu6(NetworkBuilder net, string name) => net.Relu6(name);
}
