using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Models.HuggingFace;

/// <summary>
/// A folder as Hugging Face's hub has them: <c>config.json</c> names the architecture (timm's form or transformers'), <c>model.safetensors</c>, or its parts and their index, holds the weights, and
/// <c>preprocessor_config.json</c> may say how pictures are prepared.
/// </summary>
public static class HuggingFaceFolder
{
    private const string Config = "config.json", Preprocessor = "preprocessor_config.json";

    private static readonly string[] _weights = ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    /// <summary>Whether the path is such a folder.</summary>
    public static bool Is(string path) => File.Exists(Path.Join(path, Config));

    /// <summary>The network in the folder.</summary>
    /// <exception cref="CnnVisException">Its architecture is not known, its weights are missing, or do not fit.</exception>
    public static Network Load(string path, ImportOptions options, CancellationToken cancellation = default)
    {
        ConfigFile config = ConfigFile.Read(Path.Join(path, Config));
        ConfigFile? preprocessor = File.Exists(Path.Join(path, Preprocessor)) ? ConfigFile.Read(Path.Join(path, Preprocessor)) : null;
        CatalogEntry entry = config.Text("architecture") is { } architecture ? TimmConfig.Read(path, architecture, config) : TransformersConfig.Read(path, config, preprocessor);
        string weights = _weights.Select(name => Path.Join(path, name)).FirstOrDefault(File.Exists)
            ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{path}' holds no weights: put {_weights[0]} (or {_weights[2]}) beside {Config}.", path);
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return CatalogNetwork.Load(entry, weights, options with { Name = options.Name ?? folder }, cancellation: cancellation);
    }

    /// <summary>How pictures are resized, by its name in timm's settings.</summary>
    /// <exception cref="CnnVisException">No such name is known.</exception>
    internal static Interpolation Interpolation(string path, string name) => Enum.TryParse(name, true, out Interpolation known) && known.ToString().Equals(name, StringComparison.OrdinalIgnoreCase) ? known : throw UnknownInterpolation(path, name);

    /// <summary>The same by PIL's number, as transformers' settings have it; bilinear where there is none.</summary>
    /// <exception cref="CnnVisException">PIL has no such number.</exception>
    internal static Interpolation Interpolation(string path, double? number) => number switch
    {
        null or 2 => CnnVis.Interpolation.Bilinear,
        0 => CnnVis.Interpolation.Nearest,
        1 => CnnVis.Interpolation.Lanczos,
        3 => CnnVis.Interpolation.Bicubic,
        4 => CnnVis.Interpolation.Box,
        5 => CnnVis.Interpolation.Hamming,
        _ => throw UnknownInterpolation(path, $"{number}"),
    };

    private static CnnVisException UnknownInterpolation(string path, string name) => new(ErrorIds.ModelUnreadable,
        $"'{path}' resizes pictures by '{name}', which is not known. Known are {string.Join(", ", Enum.GetNames<Interpolation>())}.", name);

    /// <summary>The error for an architecture that is none of those known.</summary>
    internal static CnnVisException Unknown(string path, string architecture, string known, string python) => new(ErrorIds.ModelUnreadable,
        $"'{path}' holds a network of the architecture '{architecture}', which is not known. Known are {known}. Export it as ONNX, which needs no architecture: {python}", architecture);
}
