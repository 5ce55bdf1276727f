namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>Inception v3 (Szegedy et al. 2015, table 1 and figures 5 to 7) without its auxiliary classifier; modules are called as in the paper's own code. Input values as in <see cref="GoogLeNet"/>.</summary>
internal static class InceptionV3
{
    public static IEnumerable<CatalogEntry> Entries =>
    [
        new CatalogEntry("inception_v3", "inception_v3_google-0cc3c7bd.pth", Describe)
        {
            AuxiliaryPrefixes = ["AuxLogits."],
            Input = CatalogEntry.Square(299, 342),
            Mean = [0.5f, 0.5f, 0.5f],
            StandardDeviation = [0.5f, 0.5f, 0.5f],
        },
    ];

    private static NetworkBuilder Describe(NetworkBuilder net)
    {
        net.BasicConv("Conv2d_1a_3x3", 32, 3, stride: 2).BasicConv("Conv2d_2a_3x3", 32, 3).BasicConv("Conv2d_2b_3x3", 64, 3, padding: 1).MaxPool("maxpool1", 3, 2)
            .BasicConv("Conv2d_3b_1x1", 80, 1).BasicConv("Conv2d_4a_3x3", 192, 3).MaxPool("maxpool2", 3, 2);
        A(net, "Mixed_5b", 32);
        A(net, "Mixed_5c", 64);
        A(net, "Mixed_5d", 64);
        B(net, "Mixed_6a");
        C(net, "Mixed_6b", 128);
        C(net, "Mixed_6c", 160);
        C(net, "Mixed_6d", 160);
        C(net, "Mixed_6e", 192);
        D(net, "Mixed_7a");
        E(net, "Mixed_7b");
        E(net, "Mixed_7c");
        return net.GlobalAveragePool("avgpool").Dropout("dropout").Flatten().Linear("fc", 1000);
    }

    private static void A(NetworkBuilder net, string at, int pooled) => net.Branches($"{at}.cat",
        branch => branch.BasicConv($"{at}.branch1x1", 64, 1),
        branch => branch.BasicConv($"{at}.branch5x5_1", 48, 1).BasicConv($"{at}.branch5x5_2", 64, 5, padding: 2),
        branch => branch.BasicConv($"{at}.branch3x3dbl_1", 64, 1).BasicConv($"{at}.branch3x3dbl_2", 96, 3, padding: 1).BasicConv($"{at}.branch3x3dbl_3", 96, 3, padding: 1),
        branch => branch.AveragePool($"{at}.avg_pool2d", 3, 1, padding: 1).BasicConv($"{at}.branch_pool", pooled, 1));

    private static void B(NetworkBuilder net, string at) => net.Branches($"{at}.cat",
        branch => branch.BasicConv($"{at}.branch3x3", 384, 3, stride: 2),
        branch => branch.BasicConv($"{at}.branch3x3dbl_1", 64, 1).BasicConv($"{at}.branch3x3dbl_2", 96, 3, padding: 1).BasicConv($"{at}.branch3x3dbl_3", 96, 3, stride: 2),
        branch => branch.MaxPool($"{at}.max_pool2d", 3, 2));

    private static void C(NetworkBuilder net, string at, int inner) => net.Branches($"{at}.cat",
        branch => branch.BasicConv($"{at}.branch1x1", 192, 1),
        branch => branch.BasicConv($"{at}.branch7x7_1", inner, 1).Row($"{at}.branch7x7_2", inner, 7).Column($"{at}.branch7x7_3", 192, 7),
        branch => branch.BasicConv($"{at}.branch7x7dbl_1", inner, 1).Column($"{at}.branch7x7dbl_2", inner, 7).Row($"{at}.branch7x7dbl_3", inner, 7)
            .Column($"{at}.branch7x7dbl_4", inner, 7).Row($"{at}.branch7x7dbl_5", 192, 7),
        branch => branch.AveragePool($"{at}.avg_pool2d", 3, 1, padding: 1).BasicConv($"{at}.branch_pool", 192, 1));

    private static void D(NetworkBuilder net, string at) => net.Branches($"{at}.cat",
        branch => branch.BasicConv($"{at}.branch3x3_1", 192, 1).BasicConv($"{at}.branch3x3_2", 320, 3, stride: 2),
        branch => branch.BasicConv($"{at}.branch7x7x3_1", 192, 1).Row($"{at}.branch7x7x3_2", 192, 7).Column($"{at}.branch7x7x3_3", 192, 7).BasicConv($"{at}.branch7x7x3_4", 192, 3, stride: 2),
        branch => branch.MaxPool($"{at}.max_pool2d", 3, 2));

    private static void E(NetworkBuilder net, string at) => net.Branches($"{at}.cat_2",
        branch => branch.BasicConv($"{at}.branch1x1", 320, 1),
        branch => Cross(branch.BasicConv($"{at}.branch3x3_1", 384, 1), $"{at}.cat", $"{at}.branch3x3_2"),
        branch => Cross(branch.BasicConv($"{at}.branch3x3dbl_1", 448, 1).BasicConv($"{at}.branch3x3dbl_2", 384, 3, padding: 1), $"{at}.cat_1", $"{at}.branch3x3dbl_3"),
        branch => branch.AveragePool($"{at}.avg_pool2d", 3, 1, padding: 1).BasicConv($"{at}.branch_pool", 192, 1));

    private static NetworkBuilder Cross(NetworkBuilder net, string cat, string at) =>
        net.Branches(cat, branch => branch.Row($"{at}a", 384, 3), branch => branch.Column($"{at}b", 384, 3));

    private static NetworkBuilder Row(this NetworkBuilder net, string name, int output, int length) => net.BasicConv(name, output, (1, length), 1, (0, length / 2));

    private static NetworkBuilder Column(this NetworkBuilder net, string name, int output, int length) => net.BasicConv(name, output, (length, 1), 1, (length / 2, 0));
}
