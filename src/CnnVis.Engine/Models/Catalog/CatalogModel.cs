using System.Collections.Concurrent;
using CnnVis.Engine.Models.Downloads;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>A network of the catalog that is only listed: all of it can be told but its weights, which are downloaded and read when it is used.</summary>
public sealed class CatalogModel(CatalogEntry entry) : CnnModel
{
    // An architecture is written down anew each time it is asked for.
    private static readonly ConcurrentDictionary<string, long> _parameterCounts = new(StringComparer.Ordinal);

    /// <summary>What the catalog says of it.</summary>
    public CatalogEntry Entry { get; } = entry;

    /// <summary>Its weights, whether or not they are on this machine.</summary>
    public PublishedFile Weights => WeightsOf(Entry);

    /// <inheritdoc/>
    public override string Name => Entry.Name;

    /// <inheritdoc/>
    public override ModelStatus Status => Weights.IsCached ? ModelStatus.Cached : ModelStatus.Downloadable;

    /// <inheritdoc/>
    public override string Source => Weights is { IsCached: true } cached ? cached.LocalPath : Weights.PublicAddress;

    /// <inheritdoc/>
    public override int InputChannels => Entry.Input.Channels;

    /// <inheritdoc/>
    public override int InputHeight => Entry.Input.Height;

    /// <inheritdoc/>
    public override int InputWidth => Entry.Input.Width;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => ImageNet.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<CnnLayer> Layers => Structure.Layers;

    /// <inheritdoc/>
    public override long ParameterCount => _parameterCounts.GetOrAdd(Name, _ => Entry.ParameterCount);

    /// <inheritdoc/>
    public override long MultiplyAdds => Structure.MultiplyAdds;

    /// <inheritdoc/>
    public override string Device => ComputeDevice.Processor;

    /// <summary>The network without its numbers.</summary>
    public Network Structure => CatalogNetwork.Structure(Entry);

    /// <summary>The published weights of a network.</summary>
    public static PublishedFile WeightsOf(CatalogEntry entry) => new(entry.WeightFile, MaximumLength: 1L << 30); // the largest, of VGG-19, has 575 MB
}
