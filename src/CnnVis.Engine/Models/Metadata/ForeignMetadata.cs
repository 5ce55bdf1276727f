namespace CnnVis.Engine.Models.Metadata;

/// <summary>
/// Classes and picture preparation as other programs write them into ONNX files: ONNX's own keys for images (<c>Image.BitmapPixelFormat</c>,
/// <c>Image.NominalPixelRange</c>, which Windows ML and Custom Vision use), Ultralytics' <c>names</c> and <c>imgsz</c>, and what others call
/// labels, mean and std. Nobody promised their form: what makes no sense is passed over.
/// </summary>
internal static class ForeignMetadata
{
    private static readonly string[] _classes = ["names", "classes", "class_names", "labels", "label_names", "class_labels", "categories", "id2label"];
    private static readonly string[] _mean = ["mean", "image_mean", "input_mean", "norm_mean", "normalize_mean", "pixel_mean"];
    private static readonly string[] _deviation = ["std", "image_std", "input_std", "norm_std", "normalize_std", "pixel_std"];
    private static readonly string[] _size = ["imgsz", "input_size", "image_size", "img_size"];

    /// <summary>Class names, or null where there are none that can be read.</summary>
    public static string[]? Classes(IReadOnlyDictionary<string, string> metadata) =>
        Values(metadata, _classes).Select(LooseList.Texts).FirstOrDefault(names => names is { Length: > 0 });

    /// <summary>The options with what the metadata state where they say nothing.</summary>
    public static ImportOptions Complete(ImportOptions options, IReadOnlyDictionary<string, string> metadata) => options with
    {
        Mean = options.Mean ?? Numbers(metadata, _mean, n => Math.Abs(n) <= 255),
        StandardDeviation = options.StandardDeviation ?? Numbers(metadata, _deviation, n => n is > 1e-6f and <= 1e6f),
        ChannelOrder = options.ChannelOrder ?? Order(Value(metadata, "Image.BitmapPixelFormat")),
        ValueRange = options.ValueRange ?? Range(Value(metadata, "Image.NominalPixelRange")),
        InputSize = options.InputSize ?? Size(metadata),
    };

    private static ChannelOrder? Order(string? format) => format is null ? null
        : format.StartsWith("Bgr", StringComparison.OrdinalIgnoreCase) ? ChannelOrder.Bgr
        : format.StartsWith("Rgb", StringComparison.OrdinalIgnoreCase) ? ChannelOrder.Rgb : null;

    private static PixelRange? Range(string? range) => range?.ToLowerInvariant() switch
    {
        "nominalrange_0_255" => PixelRange.Byte,
        "normalized_0_1" => PixelRange.Unit,
        "normalized_1_1" => PixelRange.Signed,
        _ => null,
    };

    /// <summary>Rows and columns; of three numbers those that are no channels.</summary>
    private static int[]? Size(IReadOnlyDictionary<string, string> metadata) => Numbers(metadata, _size, n => n is >= 1 and <= 4096 && n == MathF.Floor(n)) switch
    {
        [var side] => [(int)side],
        [var rows, var columns] => [(int)rows, (int)columns],
        [<= 4, var rows, var columns] => [(int)rows, (int)columns],
        [var rows, var columns, <= 4] => [(int)rows, (int)columns],
        _ => null,
    };

    private static float[]? Numbers(IReadOnlyDictionary<string, string> metadata, string[] keys, Func<float, bool> makesSense) =>
        Values(metadata, keys).Select(LooseList.Numbers).FirstOrDefault(numbers => numbers is { Length: > 0 } && numbers.All(makesSense));

    private static IEnumerable<string> Values(IReadOnlyDictionary<string, string> metadata, string[] keys) => keys.Select(key => Value(metadata, key)).OfType<string>();

    private static string? Value(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out string? value) ? value : metadata.FirstOrDefault(m => m.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
