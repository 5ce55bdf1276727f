using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// EfficientNet (Tan and Le 2019, table 1): the one network of inverted residuals with squeeze and excitation and SiLU, made wider, deeper and larger together.
/// torchvision resizes bicubically for these; we resize as for all, unless Import-CnnModel is told otherwise by -Interpolation.
/// </summary>
internal static class EfficientNet
{
    private static readonly (int Expansion, int Kernel, int Stride, int Output, int Blocks)[] _stages =
        [(1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)];

    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("efficientnet_b0", "7f5810bc", 1.0, 1.0, 224, 256),
        Entry("efficientnet_b1", "bac287d4", 1.0, 1.1, 240, 256),
        Entry("efficientnet_b2", "c35c1473", 1.1, 1.2, 288, 288),
        Entry("efficientnet_b3", "b3899882", 1.2, 1.4, 300, 320),
        Entry("efficientnet_b4", "23ab8bcd", 1.4, 1.8, 380, 384),
    ];

    private static readonly WeightDialect _timm = new("blocks.1.0.conv_pwl.weight",
    [
        .. Names(@"blocks\.0\.(\d+)", "features.1.${1}.block.", ("conv_dw", "0.0"), ("bn1", "0.1"), (@"se\.conv_reduce", "1.fc1"), (@"se\.conv_expand", "1.fc2"), ("conv_pw", "2.0"), ("bn2", "2.1")),
        .. Enumerable.Range(1, 6).SelectMany(s => Names($@"blocks\.{s}\.(\d+)", $"features.{s + 1}.${{1}}.block.",
            ("conv_pw", "0.0"), ("bn1", "0.1"), ("conv_dw", "1.0"), ("bn2", "1.1"), (@"se\.conv_reduce", "2.fc1"), (@"se\.conv_expand", "2.fc2"), ("conv_pwl", "3.0"), ("bn3", "3.1"))),
        ("conv_stem", "features.0.0"), ("bn1", "features.0.1"), ("conv_head", "features.8.0"), ("bn2", "features.8.1"), ("classifier", "classifier.1"),
    ]);

    private static IEnumerable<(string, string)> Names(string at, string ours, params (string Theirs, string Ours)[] parts) => parts.Select(p => ($@"{at}\.{p.Theirs}", ours + p.Ours));

    private static CatalogEntry Entry(string name, string hash, double width, double depth, int size, int resizeTo) => new(name, $"{name}_rwightman-{hash}.pth", net =>
    {
        net.ConvNorm("features.0", Widened(32, width), 3, stride: 2, activation: Silu);
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            var (expansion, kernel, stride, output, blocks) = _stages[stage];
            for (int block = 0; block < (int)Math.Ceiling(blocks * depth); block++)
                Block(net, $"features.{stage + 1}.{block}", expansion, kernel, block == 0 ? stride : 1, Widened(output, width));
        }
        return net.ConvNorm($"features.{_stages.Length + 1}", 4 * net.Channels, 1, activation: Silu)
            .GlobalAveragePool("avgpool").Flatten().Dropout("classifier.0").Linear("classifier.1", 1000);
    })
    { Input = CatalogEntry.Square(size, resizeTo), Dialects = [_timm] };

    private static void Block(NetworkBuilder net, string at, int expansion, int kernel, int stride, int output) => net.Residual($"{at}.add", branch =>
    {
        int part = 0, input = branch.Channels, hidden = input * expansion;
        if (expansion > 1) branch.ConvNorm($"{at}.block.{part++}", hidden, 1, activation: Silu);
        return branch.ConvNorm($"{at}.block.{part++}", hidden, kernel, stride, hidden, activation: Silu)
            .SqueezeExcitation($"{at}.block.{part++}", input / 4, Silu, Sigmoid)
            .ConvNorm($"{at}.block.{part}", output, 1);
    });

    /// <summary>To a multiple of 8, by no more than a tenth down.</summary>
    private static int Widened(int channels, double width)
    {
        double exact = channels * width;
        int rounded = Math.Max(8, (int)(exact + 4) / 8 * 8);
        return rounded < 0.9 * exact ? rounded + 8 : rounded;
    }

    private static NetworkBuilder Silu(NetworkBuilder net, string name) => net.Silu(name);

    private static NetworkBuilder Sigmoid(NetworkBuilder net, string name) => net.Sigmoid(name);
}
