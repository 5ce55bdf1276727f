namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>MobileNetV3 (Howard et al. 2019, tables 1 and 2): inverted residuals, some with squeeze and excitation; ReLU in front, hard swish behind. Epsilon of the batch normalisations is 0.001.</summary>
internal static class MobileNetV3
{
    private const float Epsilon = 1e-3f;

    /// <summary>One line of the paper's tables.</summary>
    private readonly record struct Block(int Kernel, int Expanded, int Output, bool Squeezes, bool Swishes, int Stride);

    private static readonly Block[] _large =
    [
        new(3, 16, 16, false, false, 1), new(3, 64, 24, false, false, 2), new(3, 72, 24, false, false, 1),
        new(5, 72, 40, true, false, 2), new(5, 120, 40, true, false, 1), new(5, 120, 40, true, false, 1),
        new(3, 240, 80, false, true, 2), new(3, 200, 80, false, true, 1), new(3, 184, 80, false, true, 1), new(3, 184, 80, false, true, 1),
        new(3, 480, 112, true, true, 1), new(3, 672, 112, true, true, 1),
        new(5, 672, 160, true, true, 2), new(5, 960, 160, true, true, 1), new(5, 960, 160, true, true, 1),
    ];

    private static readonly Block[] _small =
    [
        new(3, 16, 16, true, false, 2), new(3, 72, 24, false, false, 2), new(3, 88, 24, false, false, 1),
        new(5, 96, 40, true, true, 2), new(5, 240, 40, true, true, 1), new(5, 240, 40, true, true, 1),
        new(5, 120, 48, true, true, 1), new(5, 144, 48, true, true, 1),
        new(5, 288, 96, true, true, 2), new(5, 576, 96, true, true, 1), new(5, 576, 96, true, true, 1),
    ];

    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("mobilenet_v3_small", "047dcff4", _small, last: 1024),
        Entry("mobilenet_v3_large", "8738ca79", _large, last: 1280),
    ];

    private static CatalogEntry Entry(string name, string hash, Block[] blocks, int last) => new(name, $"{name}-{hash}.pth", net =>
    {
        net.ConvNorm("features.0", 16, 3, stride: 2, epsilon: Epsilon, activation: HardSwish);
        for (int i = 0; i < blocks.Length; i++) Add(net, $"features.{i + 1}", blocks[i]);
        return net.ConvNorm($"features.{blocks.Length + 1}", 6 * net.Channels, 1, epsilon: Epsilon, activation: HardSwish)
            .GlobalAveragePool("avgpool").Flatten().Linear("classifier.0", last).HardSwish("classifier.1").Dropout("classifier.2").Linear("classifier.3", 1000);
    });

    private static void Add(NetworkBuilder net, string at, Block block) => net.Residual($"{at}.add", branch =>
    {
        int part = 0;
        Func<NetworkBuilder, string, NetworkBuilder> activation = block.Swishes ? HardSwish : Relu;
        if (block.Expanded != branch.Channels) branch.ConvNorm($"{at}.block.{part++}", block.Expanded, 1, epsilon: Epsilon, activation: activation);
        branch.ConvNorm($"{at}.block.{part++}", block.Expanded, block.Kernel, block.Stride, block.Expanded, Epsilon, activation);
        if (block.Squeezes) branch.SqueezeExcitation($"{at}.block.{part++}", Rounded(block.Expanded / 4), Relu, HardSigmoid);
        return branch.ConvNorm($"{at}.block.{part}", block.Output, 1, epsilon: Epsilon);
    });

    /// <summary>To a multiple of 8, by no more than a tenth down.</summary>
    private static int Rounded(int channels)
    {
        int rounded = Math.Max(8, (channels + 4) / 8 * 8);
        return rounded * 10 < channels * 9 ? rounded + 8 : rounded;
    }

    private static NetworkBuilder Relu(NetworkBuilder net, string name) => net.Relu(name);

    private static NetworkBuilder HardSwish(NetworkBuilder net, string name) => net.HardSwish(name);

    private static NetworkBuilder HardSigmoid(NetworkBuilder net, string name) => net.HardSigmoid(name);
}
