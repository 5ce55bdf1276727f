namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>
/// GoogLeNet (Szegedy et al. 2014, table 1), batch-normalised, without its auxiliary classifiers. As in torchvision, whose weights it takes, the 5×5 branch has a
/// window of 3×3. These weights were trained on values in [−1, 1], which torchvision makes of ImageNet's normalisation and we subtract and divide at once.
/// </summary>
internal static class GoogLeNet
{
    /// <summary>Output channels: 1×1; 3×3 and its reduction; 5×5 and its reduction; projection after the pool.</summary>
    private readonly record struct Inception(string Name, int One, int ReduceThree, int Three, int ReduceFive, int Five, int Pool);

    private static readonly Inception[][] _stages =
    [
        [new("inception3a", 64, 96, 128, 16, 32, 32), new("inception3b", 128, 128, 192, 32, 96, 64)],
        [new("inception4a", 192, 96, 208, 16, 48, 64), new("inception4b", 160, 112, 224, 24, 64, 64), new("inception4c", 128, 128, 256, 24, 64, 64),
            new("inception4d", 112, 144, 288, 32, 64, 64), new("inception4e", 256, 160, 320, 32, 128, 128)],
        [new("inception5a", 256, 160, 320, 32, 128, 128), new("inception5b", 384, 192, 384, 48, 128, 128)],
    ];

    public static IEnumerable<CatalogEntry> Entries =>
        [new CatalogEntry("googlenet", "googlenet-1378be20.pth", Describe) { AuxiliaryPrefixes = ["aux1.", "aux2."], Mean = [0.5f, 0.5f, 0.5f], StandardDeviation = [0.5f, 0.5f, 0.5f] }];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.BasicConv("conv1", 64, 7, stride: 2, padding: 3).MaxPool("maxpool1", 3, 2, ceil: true)
            .BasicConv("conv2", 64, 1).BasicConv("conv3", 192, 3, padding: 1).MaxPool("maxpool2", 3, 2, ceil: true);
        foreach (Inception module in _stages[0]) Add(net, module);
        net.MaxPool("maxpool3", 3, 2, ceil: true);
        foreach (Inception module in _stages[1]) Add(net, module);
        net.MaxPool("maxpool4", 2, 2, ceil: true);
        foreach (Inception module in _stages[2]) Add(net, module);
        return net.GlobalAveragePool("avgpool").Flatten().Dropout("dropout").Linear("fc", 1000);
    }

    private static void Add(NetworkBuilder net, Inception module) => net.Branches($"{module.Name}.cat",
        branch => branch.BasicConv($"{module.Name}.branch1", module.One, 1),
        branch => branch.BasicConv($"{module.Name}.branch2.0", module.ReduceThree, 1).BasicConv($"{module.Name}.branch2.1", module.Three, 3, padding: 1),
        branch => branch.BasicConv($"{module.Name}.branch3.0", module.ReduceFive, 1).BasicConv($"{module.Name}.branch3.1", module.Five, 3, padding: 1),
        branch => branch.MaxPool($"{module.Name}.branch4.0", 3, 1, padding: 1, ceil: true).BasicConv($"{module.Name}.branch4.1", module.Pool, 1));
}
