namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>RegNetY-400MF (Radosavovic et al. 2020, table 5): bottlenecks of one width with groups of 8 channels and squeeze and excitation.</summary>
internal static class RegNet
{
    private const int GroupWidth = 8;

    private static readonly (int Width, int Blocks)[] _stages = [(48, 1), (104, 3), (208, 6), (440, 6)];

    public static IEnumerable<CatalogEntry> Entries => [new CatalogEntry("regnet_y_400mf", "regnet_y_400mf-c65dace8.pth", Describe)];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.ConvNorm("stem", 32, 3, stride: 2, activation: Relu);
        for (int stage = 1; stage <= _stages.Length; stage++)
            for (int block = 0; block < _stages[stage - 1].Blocks; block++)
                Block(net, $"trunk_output.block{stage}.block{stage}-{block}", _stages[stage - 1].Width, block == 0 ? 2 : 1);
        return net.GlobalAveragePool("avgpool").Flatten().Linear("fc", 1000);
    }

    private static void Block(NetworkBuilder net, string at, int width, int stride)
    {
        string from = net.Value;
        int channels = net.Channels;
        if (stride > 1 || channels != width) net.ConvNorm($"{at}.proj", width, 1, stride);
        string skip = net.Value;
        net.From(from)
            .ConvNorm($"{at}.f.a", width, 1, activation: Relu)
            .ConvNorm($"{at}.f.b", width, 3, stride, width / GroupWidth, activation: Relu)
            .SqueezeExcitation($"{at}.f.se", channels / 4, Relu, (n, name) => n.Sigmoid(name))
            .ConvNorm($"{at}.f.c", width, 1)
            .Sum($"{at}.add", skip).Relu($"{at}.activation");
    }

    private static NetworkBuilder Relu(NetworkBuilder net, string name) => net.Relu(name);
}
