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

    /// <summary>The error for an architecture that is none of those known.</summary>
    internal static CnnVisException Unknown(string path, string architecture, string known, string python) => new(ErrorIds.ModelUnreadable,
        $"'{path}' holds a network of the architecture '{architecture}', which is not known. Known are {known}. Export it as ONNX, which needs no architecture: {python}", architecture);
}
