using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// Residual networks for pictures of 32×32 in ten classes (He et al. 2016, §4.2): a 3×3 convolution and three stages of n blocks with 16, 32 and 64 filters, 6n + 2 layers.
/// Where a stage is smaller and wider than the one before, the shortcut takes every second position and pads with empty maps (option A): it has no parameters.
/// Pictures are prepared with ImageNet's mean and deviation, as the published state dicts of such networks for PyTorch want them.
/// </summary>
internal static class CifarResNet
{
    private static readonly string[] _classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static IEnumerable<CatalogEntry> Entries => new[] { 3, 5, 7, 9, 18 }.Select(Entry);

    private static CatalogEntry Entry(int blocks) => new($"resnet{6 * blocks + 2}_cifar", weightFile: null, net =>
    {
        net.Conv("conv1", 16, 3, padding: 1, bias: false).BatchNorm("bn1").Relu("relu");
        for (int stage = 0; stage < 3; stage++)
            for (int block = 0; block < blocks; block++)
                Block(net, $"layer{stage + 1}.{block}", 16 << stage, stage > 0 && block == 0 ? 2 : 1);
        return net.GlobalAveragePool("avgpool").Flatten().Linear("fc", _classes.Length);
    })
    {
        Input = CatalogEntry.Square(32, 32),
        Classes = _classes,
        Dialects = [new WeightDialect("linear.weight", ("linear", "fc"))],
    };

    private static void Block(NetworkBuilder net, string at, int width, int stride)
    {
        string from = net.Value;
        string result = net
            .Conv($"{at}.conv1", width, 3, stride, 1, bias: false).BatchNorm($"{at}.bn1").Relu($"{at}.relu")
            .Conv($"{at}.conv2", width, 3, 1, 1, bias: false).BatchNorm($"{at}.bn2").Value;
        net.From(from);
        if (stride > 1) net.Subsample($"{at}.shortcut.pool", stride).PadChannels($"{at}.shortcut.pad", width);
        string skip = net.Value;
        net.From(result).Sum($"{at}.add", skip).Relu($"{at}.relu_1");
    }
}
