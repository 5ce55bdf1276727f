using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Catalog.Families;

namespace CnnVis.Engine.Models.HuggingFace;

/// <summary>timm's form: <c>architecture</c>, <c>num_classes</c>, <c>pretrained_cfg</c> (or all of it at the top), <c>label_names</c> and <c>label_descriptions</c>.</summary>
internal static class TimmConfig
{
    /// <summary>timm's names of networks whose torchvision namesakes, or whose others, they are.</summary>
    private static readonly Dictionary<string, Func<CatalogEntry>> _architectures = new(StringComparer.Ordinal);

    static TimmConfig()
    {
        string[] same = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "wide_resnet50_2", "wide_resnet101_2", "resnext50_32x4d", "resnext101_32x8d", "densenet121", "densenet161", "densenet169", "densenet201",
            "vgg11", "vgg13", "vgg16", "vgg19", "vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn", "efficientnet_b0", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "efficientnet_b4", "convnext_tiny"];
        foreach (string name in same) _architectures[name] = () => NetworkCatalog.Find(name)!;
        _architectures["mobilenetv2_100"] = () => NetworkCatalog.Find("mobilenet_v2")!;
        _architectures["convnext_small"] = () => ConvNeXt.Of("convnext_small", null, [(96, 3), (192, 3), (384, 27), (768, 3)]);
        _architectures["convnext_base"] = () => ConvNeXt.Of("convnext_base", null, [(128, 3), (256, 3), (512, 27), (1024, 3)]);
        _architectures["convnext_large"] = () => ConvNeXt.Of("convnext_large", null, [(192, 3), (384, 3), (768, 27), (1536, 3)]);
    }

    /// <summary>The network that the settings describe.</summary>
    /// <exception cref="CnnVisException">Its architecture is not known.</exception>
    public static CatalogEntry Read(string path, string architecture, ConfigFile config)
    {
        string name = architecture.Split('.')[0]; // resnet50.a1_in1k
        if (!_architectures.TryGetValue(name, out Func<CatalogEntry>? make))
            throw HuggingFaceFolder.Unknown(path, architecture, "timm's " + string.Join(", ", _architectures.Keys),
                $"python -c \"import timm, torch; m = timm.create_model('local-dir:{path}', pretrained=True).eval(); torch.onnx.export(m, (torch.rand(1, *m.pretrained_cfg['input_size']),), 'model.onnx', dynamo=True)\"");
        ConfigFile cfg = config.Part("pretrained_cfg") ?? config;
        CatalogEntry entry = make();
        int[] size = cfg.Counts("input_size") is { Length: 3 } given ? given : [entry.Input.Channels, entry.Input.Height, entry.Input.Width];
        if (size[1] != size[2]) throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{path}' takes pictures of {size[1]} × {size[2]}; of a folder, square ones are read. Export the network as ONNX.", path);
        double crop = cfg.Number("crop_pct") is > 0.05 and <= 1 and var share ? share : 0.875;
        bool squashes = cfg.Text("crop_mode") == "squash";
        return entry with
        {
            Input = new CnnInput(size[0], size[1], size[2], squashes ? ResizeMode.Stretch : ResizeMode.Crop, squashes ? size[1] : (int)Math.Floor(size[1] / crop)) { Interpolation = HuggingFaceFolder.Interpolation(path, cfg.Text("interpolation") ?? "bicubic") },
            Mean = Colours(cfg, "mean") ?? entry.Mean,
            StandardDeviation = Colours(cfg, "std") ?? entry.StandardDeviation,
            Classes = Labels(config, cfg) ?? entry.Classes,
        };
    }

    private static float[]? Colours(ConfigFile cfg, string name) => cfg.Numbers(name) is { Length: > 0 } numbers ? [.. numbers.Select(n => (float)n)] : null;

    /// <summary>Descriptions of the labels where there are some: of ImageNet, the labels are WordNet's numbers.</summary>
    private static string[]? Labels(ConfigFile config, ConfigFile cfg)
    {
        string[]? names = config.Texts("label_names") ?? cfg.Texts("label_names") ?? cfg.Texts("labels");
        return names is null || (config.Part("label_descriptions") ?? cfg.Part("label_descriptions")) is not { } described ? names : [.. names.Select(n => described.Text(n) ?? n)];
    }
}
