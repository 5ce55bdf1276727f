using System.Collections.Concurrent;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>Networks of the catalog, ready to be asked: with a file's weights, with random ones, or without any for what can be told all the same.</summary>
public static class CatalogNetwork
{
    private static readonly ConcurrentDictionary<string, Lazy<Network>> _structures = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> _noMetadata = [];

    /// <summary>The network with the weights of a file. Has the file's last layer another number of outputs, so has the network.</summary>
    /// <exception cref="CnnVisException">The file is missing (PathNotFound), no weight file (WeightsUnreadable), or another network's (WeightsMismatch).</exception>
    public static Network Load(CatalogEntry entry, string path, ImportOptions options, CancellationToken cancellation, string? key = null)
    {
        using StateDict weights = WeightFile.Read(path, key, cancellation);
        Blueprint blueprint = Describe(entry, options);
        int classes = Classifier.ClassesIn(weights, blueprint) ?? entry.Classes;
        return Create(entry, path, blueprint.WithClasses(classes).Build(weights, entry.IsAuxiliary), classes, options);
    }

    /// <summary>The network with random weights, and as many classes as there are names for.</summary>
    /// <exception cref="CnnVisException">The options do not fit the network.</exception>
    public static Network Random(CatalogEntry entry, long seed, ImportOptions options)
    {
        int classes = options.Classes?.Count ?? entry.Classes;
        return Create(entry, $"random, seed {seed}", Describe(entry, options).WithClasses(classes).Build(new RandomParameters(seed)), classes, options);
    }

    /// <summary>The network as it is without its numbers: layers, shapes, receptive fields, counts. It cannot be asked about pictures.</summary>
    public static Network Structure(CatalogEntry entry) =>
        _structures.GetOrAdd(entry.Name, _ => new Lazy<Network>(() => Create(entry, entry.WeightFile, entry.Describe().Build(new HollowParameters()), entry.Classes, new ImportOptions()))).Value;

    private static Blueprint Describe(CatalogEntry entry, ImportOptions options) => options.InputSize switch
    {
        null => entry.Describe(),
        [var side] => entry.Describe(side),
        [var rows, var columns] when rows == columns => entry.Describe(rows),
        _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"{entry.Name} takes square pictures: give one number of rows and columns.", entry.Name),
    };

    private static Network Create(CatalogEntry entry, string source, Graph graph, int classes, ImportOptions options)
    {
        bool isUsual = options.Mean is null && options.StandardDeviation is null && options.ValueRange is null;
        return Network.Create(options.Name ?? entry.Name, source, graph, _noMetadata, options with
        {
            Classes = options.Classes ?? (classes == ImageNet.Classes.Count ? ImageNet.Classes : null),
            Mean = isUsual ? entry.Mean : options.Mean,
            StandardDeviation = isUsual ? entry.StandardDeviation : options.StandardDeviation,
            InputSize = null, // the graph has it
            ResizeMode = options.ResizeMode ?? entry.Input.ResizeMode,
            ResizeTo = options.ResizeTo ?? (options.InputSize is null ? entry.Input.ResizeTo : null),
        });
    }
}
