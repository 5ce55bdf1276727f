namespace CnnVis;

/// <summary>What units of a network look for: of each the images, and the places in them, that activate it most (Girshick et al. 2013, section 3.1). It may be the part that one shard of a large run saw.</summary>
public sealed partial record MaxActivatingImageSet : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the network: its nodes, weights and preparation of pictures.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The picture that the network takes.</summary>
    public required CnnInput Input { get; init; }

    /// <summary>SHA-256 of what was asked: the units, with the numbers of directions.</summary>
    public required string QueryHash { get; init; }

    /// <summary>Most images kept of a unit.</summary>
    public required int Top { get; init; }

    /// <summary>Most places kept in one image of a unit.</summary>
    public required int PerImage { get; init; }

    /// <summary>Largest intersection over union of two boxes of a unit in one image.</summary>
    public required double Overlap { get; init; }

    /// <summary>Whether values before the ReLU were looked at.</summary>
    public required bool PreRelu { get; init; }

    /// <summary>Pictures a forward pass. The last bits of values may depend on it.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Into how many shards the images were divided; 1 for an undivided run, and where all shards have been merged.</summary>
    public required int ShardCount { get; init; }

    /// <summary>The shards in here, from 1, in ascending order.</summary>
    public required IReadOnlyList<int> Shards { get; init; }

    /// <summary>Whether the shards were seen to their end; false in the file of a run that is under way.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Images listed so far, in all shards, readable or not.</summary>
    public required long ListedCount { get; init; }

    /// <summary>SHA-256 of the paths and labels listed so far.</summary>
    public required string ListHash { get; init; }

    /// <summary>Images that were looked at.</summary>
    public required long ImageCount { get; init; }

    /// <summary>Images that could not be read.</summary>
    public required long FailedCount { get; init; }

    /// <summary>Sum over the images of what changes when their files do.</summary>
    internal ulong Stamps { get; init; }

    /// <summary>The units, in the order of layers and channels.</summary>
    public required IReadOnlyList<MaxActivatingUnit> Units { get; init; }

    /// <summary>Single units against random directions, a layer each; empty where it was not asked for.</summary>
    public IReadOnlyList<CoherenceComparison> Comparisons { get; init; } = [];

    /// <summary>Draw what each unit sees, cut out, instead of whole images.</summary>
    public bool Crop { get; init; }

    /// <summary>Whether labels say anything: at least two different ones are known.</summary>
    public bool HasLabels => Units.SelectMany(u => u.Images).Select(i => i.Label).Where(l => l is not null).Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <inheritdoc/>
    public override string ToString() => $"{Units.Count} units of {Model} over {ImageCount} images";

    /// <summary>The same, able to draw its images.</summary>
    /// <param name="pictures">Makes them.</param>
    /// <param name="crop">What <see cref="Crop"/> says.</param>
    /// <param name="origin">The network, where the set does not know it yet.</param>
    public MaxActivatingImageSet With(IUnitPictures pictures, bool crop, Origin? origin = null) => this with
    {
        Origin = Origin ?? origin,
        Crop = crop,
        Units = Units.Select(u => u with
        {
            Origin = u.Origin ?? origin,
            ModelHash = ModelHash,
            Crop = crop,
            Images = u.Images.Select(i => i with
            {
                Origin = i.Origin ?? (origin is null ? null : origin with { Picture = CnnPicture.OfFile(i.Path) }),
                Model = Model,
                ModelHash = ModelHash,
                Pictures = pictures,
                Crop = crop,
                Question = u.Channel is { } channel ? CnnQuestion.OfLayer(u.Layer, channel) with { Row = i.Row, Column = i.Column } : CnnQuestion.OfLayer(u.Layer),
            }).ToArray(),
        }).ToArray(),
    };

    Origin? ICnnResult.Origin => Origin;

    string? ICnnResult.ModelHash => ModelHash;

    IEnumerable<ICnnResult> ICnnResult.Parts => Units;

    internal Origin? Origin { get; init; }
}
