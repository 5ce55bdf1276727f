using System.Collections.Concurrent;
using CnnVis.Engine.Models.Downloads;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>A network of the catalog that is only listed: all of it can be told but its weights, which are downloaded and read when it is used, or come from elsewhere.</summary>
public sealed class CatalogModel(CatalogEntry entry) : CnnModel
{
    // An architecture is written down anew each time it is asked for.
    private static readonly ConcurrentDictionary<string, long> _parameterCounts = new(StringComparer.Ordinal);

    private PublishedFile? Weights => FindWeights(entry);

    /// <inheritdoc/>
    public override string Name => entry.Name;

    /// <inheritdoc/>
    public override ModelStatus Status => Weights switch { null => ModelStatus.Architecture, { IsCached: true } => ModelStatus.Cached, _ => ModelStatus.Downloadable };

    /// <inheritdoc/>
    public override string Source => Weights switch { null => "architecture", { IsCached: true } cached => cached.LocalPath, var published => published.PublicAddress };

    /// <inheritdoc/>
    public override int InputChannels => entry.Input.Channels;

    /// <inheritdoc/>
    public override int InputHeight => entry.Input.Height;

    /// <inheritdoc/>
    public override int InputWidth => entry.Input.Width;

    /// <inheritdoc/>
    public override AnswerKind Answer => Structure.Answer;

    /// <inheritdoc/>
    public override string AnswerReason => Structure.AnswerReason;

    /// <inheritdoc/>
    public override IReadOnlyList<CnnOutput> Outputs => Structure.Outputs;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => entry.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<CnnLayer> Layers => Structure.Layers;

    /// <inheritdoc/>
    public override long ParameterCount => _parameterCounts.GetOrAdd(Name, _ => entry.ParameterCount);

    /// <inheritdoc/>
    public override long MultiplyAdds => Structure.MultiplyAdds;

    /// <inheritdoc/>
    public override string? Hash => null;

    /// <inheritdoc/>
    public override string Device => ComputeDevice.Processor;

    /// <summary>The network without its numbers.</summary>
    private Network Structure => CatalogNetwork.Structure(entry);

    /// <summary>The published weights of a network, whether or not they are on this machine; null where there are none.</summary>
    public static PublishedFile? FindWeights(CatalogEntry entry) => entry.WeightFile is null ? null : WeightsOf(entry);

    /// <summary>The published weights of a network.</summary>
    /// <exception cref="CnnVisException">There are none (ModelNotFound).</exception>
    public static PublishedFile WeightsOf(CatalogEntry entry) => new(entry.WeightFile
        ?? throw new CnnVisException(ErrorIds.ModelNotFound, $"Of {entry.Name} only the architecture is known. Give it weights: Import-CnnModel {entry.Name} -WeightPath <file>, or -Random for an untrained one.", entry.Name),
        MaximumLength: 1L << 30); // the largest, of VGG-19, has 575 MB
}
