using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>A network that CnnVis can build: one of torchvision's architectures under torchvision's name, with torchvision's parameter names; or one of the papers' own that torchvision lacks.</summary>
public sealed record CatalogEntry
{
    private readonly Func<NetworkBuilder, NetworkBuilder> _architecture;

    internal CatalogEntry(string name, string? weightFile, Func<NetworkBuilder, NetworkBuilder> architecture) => (Name, WeightFile, _architecture) = (name, weightFile, architecture);

    /// <summary>torchvision's name: <c>resnet50</c>.</summary>
    public string Name { get; }

    /// <summary>File name of torchvision's published weights (IMAGENET1K_V1), ending in the first digits of its SHA-256; null where it publishes none.</summary>
    public string? WeightFile { get; }

    /// <summary>Where the weights are published.</summary>
    public Uri? WeightUrl => WeightFile is null ? null : new($"https://download.pytorch.org/models/{WeightFile}");

    /// <summary>First digits of the SHA-256 of the weights.</summary>
    public string? WeightHash => Path.GetFileNameWithoutExtension(WeightFile)?[(WeightFile!.LastIndexOf('-') + 1)..];

    /// <summary>The picture that the published weights were evaluated on.</summary>
    public CnnInput Input { get; init; } = Square(224, 256);

    /// <summary>Per channel, subtracted from values in [0, 1].</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Per channel, divided by after <see cref="Mean"/>.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Names of the classes by output index: ImageNet's unless it was made for others.</summary>
    public IReadOnlyList<string> Classes { get; init; } = ImageNet.Classes;

    /// <summary>Trained numbers.</summary>
    public long ParameterCount => Describe().ParameterCount;

    /// <summary>How the names of parameters begin that a weight file may have beside the network's: those of auxiliary classifiers, which only training uses.</summary>
    public IReadOnlyList<string> AuxiliaryPrefixes { get; init; } = [];

    /// <summary>What others than torchvision call its parameters.</summary>
    internal IReadOnlyList<WeightDialect> Dialects { get; init; } = [];

    /// <summary>Whether a parameter of a weight file is one of those.</summary>
    internal bool IsAuxiliary(string name) => AuxiliaryPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The architecture as data.</summary>
    /// <param name="inputSize">Rows and columns of the picture; the usual if null.</param>
    /// <param name="channels">Channels of the picture; the usual if null.</param>
    /// <exception cref="CnnVisException">The picture is too small for the network.</exception>
    public Blueprint Describe(int? inputSize = null, int? channels = null) => _architecture(new NetworkBuilder(inputSize ?? Input.Height, channels ?? Input.Channels)).Finish();

    /// <summary>The network with a weight file's numbers; classes and channels as the file has them.</summary>
    /// <param name="weights">torchvision's state dict, or one with the names of another library that is known; stays the caller's.</param>
    /// <param name="inputSize">Rows and columns of the picture; the usual if null.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <exception cref="CnnVisException">The weights are not this network's; the picture is too small for it.</exception>
    public Graph Build(StateDict weights, int? inputSize = null, CancellationToken cancellation = default)
    {
        var names = new WeightNaming(weights, Dialects);
        Blueprint blueprint = Describe(inputSize);
        if (FirstConvolution.ChannelsIn(names, blueprint) is { } channels && channels != Input.Channels) blueprint = Describe(inputSize, channels);
        return blueprint.WithClasses(Classifier.ClassesIn(names, blueprint) ?? Classes.Count).Build(names, IsAuxiliary, cancellation);
    }

    /// <summary>The network, untrained.</summary>
    /// <param name="seed">Start of its random numbers; the same gives the same network.</param>
    /// <param name="inputSize">Rows and columns of the picture; the usual if null.</param>
    /// <exception cref="CnnVisException">The picture is too small for the network.</exception>
    public Graph BuildRandom(long seed, int? inputSize = null) => Describe(inputSize).Build(new RandomParameters(seed));

    internal static CnnInput Square(int size, int resizeTo) => new(3, size, size, ResizeMode.Crop, resizeTo);
}
