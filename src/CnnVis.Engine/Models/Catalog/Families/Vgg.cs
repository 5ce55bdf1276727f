using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>VGG (Simonyan and Zisserman 2014, table 1): configurations A, B, D and E, each also with batch normalisation after its convolutions.</summary>
internal static class Vgg
{
    private static readonly int[] _channels = [64, 128, 256, 512, 512];

    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("vgg11", "8a719046", [1, 1, 2, 2, 2]),
        Entry("vgg13", "19584684", [2, 2, 2, 2, 2]),
        Entry("vgg16", "397923af", [2, 2, 3, 3, 3]),
        Entry("vgg19", "dcbb9e9d", [2, 2, 4, 4, 4]),
        Entry("vgg11_bn", "6002323d", [1, 1, 2, 2, 2], normalised: true),
        Entry("vgg13_bn", "abd245e5", [2, 2, 2, 2, 2], normalised: true),
        Entry("vgg16_bn", "6c64b313", [2, 2, 3, 3, 3], normalised: true),
        Entry("vgg19_bn", "c79401a0", [2, 2, 4, 4, 4], normalised: true),
    ];

    private static CatalogEntry Entry(string name, string hash, int[] convolutions, bool normalised = false) => new(name, $"{name}-{hash}.pth", net =>
    {
        int number = 0;
        for (int stage = 0; stage < convolutions.Length; stage++)
        {
            for (int i = 0; i < convolutions[stage]; i++)
            {
                net.Conv($"features.{number++}", _channels[stage], 3, padding: 1);
                if (normalised) net.BatchNorm($"features.{number++}");
                net.Relu($"features.{number++}");
            }
            net.MaxPool($"features.{number++}", 2, 2);
        }
        return net.AdaptiveAveragePool("avgpool", 7).Flatten()
            .Linear("classifier.0", 4096).Relu("classifier.1").Dropout("classifier.2")
            .Linear("classifier.3", 4096).Relu("classifier.4").Dropout("classifier.5")
            .Linear("classifier.6", 1000);
    })
    {
        Dialects = [new WeightDialect("pre_logits.fc1.weight", (@"pre_logits\.fc1", "classifier.0"), (@"pre_logits\.fc2", "classifier.3"), (@"head\.fc", "classifier.6"))], // timm, which has convolutions there
    };
}
