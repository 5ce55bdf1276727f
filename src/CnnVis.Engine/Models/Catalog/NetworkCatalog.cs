using CnnVis.Engine.Models.Catalog.Families;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>The networks that CnnVis can build by name.</summary>
public static class NetworkCatalog
{
    /// <summary>All of them, family by family.</summary>
    public static IReadOnlyList<CatalogEntry> Entries { get; } =
    [
        .. AlexNet.Entries,
        .. Vgg.Entries,
        .. ResNet.Entries,
        .. CifarResNet.Entries,
        .. SqueezeNet.Entries,
        .. GoogLeNet.Entries,
        .. InceptionV3.Entries,
        .. DenseNet.Entries,
        .. MobileNetV2.Entries,
        .. MobileNetV3.Entries,
        .. MnasNet.Entries,
        .. ShuffleNetV2.Entries,
        .. EfficientNet.Entries,
        .. RegNet.Entries,
        .. ConvNeXt.Entries,
    ];

    private static readonly Dictionary<string, CatalogEntry> _byName = Entries.ToDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = Entries.Select(e => e.Name).ToArray();

    /// <summary>The network of that name in any case, or null.</summary>
    public static CatalogEntry? Find(string name) => _byName.GetValueOrDefault(name);
}
