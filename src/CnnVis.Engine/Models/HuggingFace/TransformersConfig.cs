using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Catalog.Families;

namespace CnnVis.Engine.Models.HuggingFace;

/// <summary>transformers' form: <c>architectures</c>, <c>model_type</c>, <c>id2label</c>, depths and widths, and a file of how pictures are prepared.</summary>
internal static class TransformersConfig
{
    /// <summary>More blocks than any network has, so that a damaged file cannot ask for an endless one.</summary>
    private const int BlockLimit = 1000;

    /// <summary>The network that the settings describe.</summary>
    /// <exception cref="CnnVisException">Its architecture is not known.</exception>
    public static CatalogEntry Read(string path, ConfigFile config, ConfigFile? preprocessor)
    {
        string architecture = config.Texts("architectures")?.FirstOrDefault() ?? config.Text("model_type") ?? "none named";
        int[] depths = config.Counts("depths") ?? (architecture.StartsWith("ConvNext", StringComparison.Ordinal) ? [3, 3, 9, 3] : [3, 4, 6, 3]);
        int[] widths = config.Counts("hidden_sizes") ?? (architecture.StartsWith("ConvNext", StringComparison.Ordinal) ? [96, 192, 384, 768] : [256, 512, 1024, 2048]);
        if (depths.Length != widths.Length || depths.Sum() > BlockLimit) throw Wrong(path, $"has {depths.Length} depths and {widths.Length} hidden_sizes");
        CatalogEntry entry = architecture switch
        {
            "ResNetForImageClassification" => ResNet(path, config, depths, widths),
            "ConvNextForImageClassification" => ConvNeXt.Of("convnext", null, [.. widths.Zip(depths)], (float)(config.Number("layer_norm_eps") ?? 1e-12)),
            _ => throw HuggingFaceFolder.Unknown(path, architecture, "transformers' ResNetForImageClassification and ConvNextForImageClassification, and timm's folders (with 'architecture' in config.json)",
                $"python -c \"import torch; from transformers import AutoModelForImageClassification as A; m = A.from_pretrained('{path}').eval(); torch.onnx.export(m, (torch.rand(1, 3, 224, 224),), 'model.onnx', dynamo=True)\""),
        };
        int channels = config.Count("num_channels") ?? 3;
        var (input, mean, deviation) = Preparation(path, preprocessor, channels, config.Count("image_size") ?? 224, entry);
        return entry with { Input = input, Mean = mean, StandardDeviation = deviation, Classes = config.Texts("id2label") ?? entry.Classes };
    }

    private static CatalogEntry ResNet(string path, ConfigFile config, int[] depths, int[] widths)
    {
        bool bottlenecks = config.Text("layer_type") is null or "bottleneck";
        if (config.Text("hidden_act") is { } activation and not "relu") throw Wrong(path, $"has the activation '{activation}'");
        if (bottlenecks && Array.Exists(widths, w => w % 4 != 0)) throw Wrong(path, "has bottlenecks whose widths are no multiples of 4");
        return Catalog.Families.ResNet.Of("resnet", config.Count("embedding_size") ?? 64, widths, depths, bottlenecks, config.Bool("downsample_in_bottleneck", false), config.Bool("downsample_in_first_stage", false) ? 2 : 1);
    }

    /// <summary>
    /// Size: the shorter side by <c>size</c> before a crop to <c>crop_size</c>; or, as ConvNeXt's processor has it, by <c>size / crop_pct</c> before a crop to <c>size</c>, all of the picture from 384 on.
    /// Values: v · 255 · <c>rescale_factor</c>, of which <c>image_mean</c> and <c>image_std</c> are; a network here takes v in [0, 1].
    /// </summary>
    private static (CnnInput, IReadOnlyList<float>, IReadOnlyList<float>) Preparation(string path, ConfigFile? settings, int channels, int usual, CatalogEntry entry)
    {
        if (settings is null) return (new CnnInput(channels, usual, usual, ResizeMode.Crop, usual * 8 / 7), entry.Mean, entry.StandardDeviation);
        ConfigFile? size = settings.Part("size"), crop = settings.Part("crop_size");
        int shortest = size?.Count("shortest_edge") ?? settings.Count("size") ?? 0, rows = size?.Count("height") ?? 0, columns = size?.Count("width") ?? 0;
        int cut = settings.Bool("do_center_crop", false) || crop is not null ? crop?.Count("height") ?? settings.Count("crop_size") ?? 0 : 0;
        if (rows != columns || crop is not null && crop.Count("height") != crop.Count("width")) throw Wrong(path, "takes pictures that are not square");
        CnnInput input =
            cut > 0 ? Square(cut, ResizeMode.Crop, Math.Max(cut, Math.Max(shortest, rows)))
            : rows > 0 ? Square(rows, ResizeMode.Stretch, rows)
            : shortest is 0 ? Square(usual, ResizeMode.Crop, usual * 8 / 7)
            : shortest >= 384 ? Square(shortest, ResizeMode.Stretch, shortest)
            : Square(shortest, ResizeMode.Crop, (int)(shortest / (settings.Number("crop_pct") is > 0.05 and <= 1 and var share ? share : 0.875)));
        double scale = settings.Bool("do_rescale", true) ? 255 * (settings.Number("rescale_factor") is > 0 and var factor ? factor : 1.0 / 255) : 255, offset = settings.Bool("rescale_offset", false) ? 1 : 0;
        bool normalises = settings.Bool("do_normalize", true);
        double[] mean = normalises && settings.Numbers("image_mean") is { Length: > 0 } m ? m : normalises ? [.. entry.Mean.Select(v => (double)v)] : [0], deviation = normalises && settings.Numbers("image_std") is { Length: > 0 } d ? d : normalises ? [.. entry.StandardDeviation.Select(v => (double)v)] : [1];
        return (input, mean.Select(v => (float)((v + offset) / scale)).ToArray(), deviation.Select(v => (float)(v / scale)).ToArray());

        CnnInput Square(int side, ResizeMode mode, int resizeTo) => new(channels, side, side, mode, resizeTo) { Interpolation = HuggingFaceFolder.Interpolation(path, settings.Number("resample")) };
    }

    private static CnnVisException Wrong(string path, string what) => new(ErrorIds.ModelUnreadable, $"'{path}' {what}, which is not supported. Export the network as ONNX.", path);
}
