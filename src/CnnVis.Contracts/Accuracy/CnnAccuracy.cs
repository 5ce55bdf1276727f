namespace CnnVis;

/// <summary>How often a network is right about labelled pictures, and about which.</summary>
public record CnnAccuracy : IVisual, ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Pictures that count: read, labelled, with a label that the network knows.</summary>
    public int Count => Top1.Total;

    /// <summary>Pictures that nobody says anything about, or nothing that the network knows; they count nowhere.</summary>
    public required int UnlabeledCount { get; init; }

    /// <summary>Pictures that could not be read, or have no finite answer.</summary>
    public required long FailedCount { get; init; }

    /// <summary>Share of the pictures whose most probable class is right: one of the acceptable labels, where a picture has several.</summary>
    public required RateEstimate Top1 { get; init; }

    /// <summary>Share of the pictures that have a right class among the <see cref="K"/> most probable.</summary>
    public required RateEstimate TopK { get; init; }

    /// <summary>How many classes count for <see cref="TopK"/>.</summary>
    public required int K { get; init; }

    /// <summary>Share of the pictures with boxes in which the object was found too; null without boxes.</summary>
    public RateEstimate? Localization { get; init; }

    /// <summary>Mean of the classes' accuracies, each counting as much as another.</summary>
    public required double MeanClassAccuracy { get; init; }

    /// <summary>Whether it is right as often as it says.</summary>
    public required CnnCalibration Calibration { get; init; }

    /// <summary>What it says of pictures of each class.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Accuracy by class, by output index.</summary>
    public required IReadOnlyList<ClassAccuracy> Classes { get; init; }

    /// <summary>The pictures.</summary>
    public required CnnItems<ClassifiedImage> Images { get; init; }

    /// <summary>Accuracy by each attribute that was asked for.</summary>
    public IReadOnlyList<AttributeEffect> Attributes { get; init; } = [];

    /// <summary>The conjunctions of two attributes about which the network errs most.</summary>
    public IReadOnlyList<AccuracySlice> Slices { get; init; } = [];

    /// <summary>What changing an attribute in the pictures themselves does, for those that can be changed.</summary>
    public IReadOnlyList<CausalEffect> Interventions { get; init; } = [];

    /// <summary>Bars by attribute where attributes were asked for, else the confusion matrix.</summary>
    public virtual Sheet Draw(DrawOptions options)
    {
        if (Attributes.Count == 0) return Confusion.Draw(options) with { Title = $"What {Model} confuses" };
        SheetCell[] charts = [.. Attributes.Select(a => a.ToCell()), .. Slices.Count > 0 ? [AccuracySlice.ToCell(Slices, Top1)] : Array.Empty<SheetCell>()];
        return new Sheet
        {
            Title = $"Accuracy of {Model} by attribute",
            Subtitle = $"{Count:N0} pictures; intervals are 95 %",
            Cells = charts,
            Columns = options.Columns ?? Math.Min(2, charts.Length),
            Scale = 1,
            Legend = AttributeEffect.Legend(Attributes),
            Notes = [.. Attributes.Select(a => a.ToString()), .. Interventions.Select(i => i.ToString()), .. Slices.Select((s, i) => $"Slice {i + 1}: {s.Condition}, {s.Confirmed}; found at {s.Found}.")],
        };
    }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <summary>The same, told whose it is.</summary>
    internal CnnAccuracy Of(CnnModel model) => Told(model) with
    {
        Origin = new Origin(model),
        Images = Images.ToArray().Select(i => i with { Origin = new Origin(model, CnnPicture.OfFile(i.Path)) }).ToArray(),
        Classes = Classes.Select(c => c with { Origin = new Origin(model) }).ToArray(),
    };

    /// <summary>The same, its further results told whose they are.</summary>
    private protected virtual CnnAccuracy Told(CnnModel model) => this;

    /// <inheritdoc/>
    public override string ToString() => $"{Model}: {Top1} of {Count} pictures";
}
