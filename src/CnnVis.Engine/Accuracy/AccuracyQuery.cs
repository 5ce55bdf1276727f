using CnnVis.Engine.Accuracy.Labels;

namespace CnnVis.Engine.Accuracy;

/// <summary>What is gathered about each picture.</summary>
public sealed record AccuracyQuery
{
    /// <summary>Which class a label means.</summary>
    public required ClassNames Names { get; init; }

    /// <summary>How many classes count for top-k accuracy, at least 1.</summary>
    public int K { get; init; } = 5;

    /// <summary>Names of the attributes that are gathered.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The attributes of a batch of pictures, by path, in their order: values by name.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Values { get; init; } = (paths, _) => [.. paths.Select(_ => new Dictionary<string, object?>())];

    /// <summary>Whether the object was found too, by path; null where nobody can tell.</summary>
    public Func<string, bool?> Localized { get; init; } = _ => null;

    /// <summary>Takes errors of labels.</summary>
    public required Action<CnnVisException> Failed { get; init; }
}
