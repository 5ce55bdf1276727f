using System.Collections.Concurrent;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>Networks of the catalog, ready to be asked: with a file's weights, with random ones, or without any for what can be told all the same.</summary>
public static class CatalogNetwork
{
    private static readonly ConcurrentDictionary<string, Lazy<Network>> _structures = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> _noMetadata = [];

    /// <summary>The network with the weights of a file. Has the file's last layer another number of outputs, or its first another number of channels, so has the network.</summary>
    /// <exception cref="CnnVisException">The file is missing (PathNotFound), no weight file (WeightsUnreadable), or another network's (WeightsMismatch).</exception>
    public static Network Load(CatalogEntry entry, string path, ImportOptions options, string? key = null, CancellationToken cancellation = default)
    {
        using StateDict weights = WeightFile.Read(path, key, cancellation);
        return Create(entry, path, entry.Build(weights, Side(entry, options), cancellation), options);
    }

    /// <summary>The network with random weights, as many classes as there are names for, and the channels that are asked for.</summary>
    /// <exception cref="CnnVisException">The options do not fit the network.</exception>
    public static Network Random(CatalogEntry entry, long seed, ImportOptions options, CancellationToken cancellation = default)
    {
        int classes = options.Classes?.Count ?? entry.Classes.Count;
        return Create(entry, $"random, seed {seed}", entry.Describe(Side(entry, options), options.Channels).WithClasses(classes).Build(new RandomParameters(seed), cancellation), options);
    }

    /// <summary>The network as it is without its numbers: layers, shapes, receptive fields, counts. It cannot be asked about pictures.</summary>
    public static Network Structure(CatalogEntry entry) =>
        _structures.GetOrAdd(entry.Name, _ => new Lazy<Network>(() => Create(entry, entry.WeightFile ?? entry.Name, entry.Describe().Build(new HollowParameters()), new ImportOptions()).As(new CatalogModel(entry)))).Value;

    private static int? Side(CatalogEntry entry, ImportOptions options) => options.InputSize switch
    {
        null => null,
        [var side] => side,
        [var rows, var columns] when rows == columns => rows,
        _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"{entry.Name} takes square pictures: give one number of rows and columns.", entry.Name),
    };

    private static Network Create(CatalogEntry entry, string source, Graph graph, ImportOptions options)
    {
        using var shapes = new ShapeWalk(graph);
        bool isUsual = options.Mean is null && options.StandardDeviation is null && options.ValueRange is null;
        return Network.Create(options.Name ?? entry.Name, source, graph, _noMetadata, options with
        {
            Classes = options.Classes ?? (shapes[graph.Output][1] == entry.Classes.Count ? entry.Classes : null),
            Mean = isUsual ? Per(entry.Mean) : options.Mean,
            StandardDeviation = isUsual ? Per(entry.StandardDeviation) : options.StandardDeviation,
            Answer = options.Answer ?? (shapes[graph.Output][1] == 1 ? AnswerKind.Binary : AnswerKind.Classes),
            InputSize = null, // the graph has it
            ResizeMode = options.ResizeMode ?? entry.Input.ResizeMode,
            Interpolation = options.Interpolation ?? entry.Input.Interpolation,
            ResizeTo = options.ResizeTo ?? (options.InputSize is null ? entry.Input.ResizeTo : null),
        });

        // Of other channels than colours, only the mean over the colours is known.
        IReadOnlyList<float> Per(IReadOnlyList<float> colours) => graph.InputShape[1] == colours.Count ? colours : [colours.Average()];
    }
}
