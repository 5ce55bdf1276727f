using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Accuracy;

/// <summary>What a pass over labelled pictures gathered: a checkpoint, or a shard's result.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="ModelHash">Hash of the network.</param>
/// <param name="QueryHash">Hash of what was asked.</param>
/// <param name="Classes">The network's classes.</param>
/// <param name="K">How many classes count for top-k accuracy.</param>
/// <param name="State">How far the pass is.</param>
/// <param name="UnlabeledCount">Pictures that nothing is known of.</param>
/// <param name="Images">The others.</param>
public sealed record AccuracyRecord(string Model, string ModelHash, string QueryHash, IReadOnlyList<string> Classes, int K, ScanState State, int UnlabeledCount, IReadOnlyList<ClassifiedImage> Images)
{
    /// <summary>Puts the shards of one list together.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: they are of different networks, questions or lists.</exception>
    public static AccuracyRecord Merge(IReadOnlyList<AccuracyRecord> parts)
    {
        AccuracyRecord first = parts[0];
        if (parts.FirstOrDefault(p => p.ModelHash != first.ModelHash || p.QueryHash != first.QueryHash) is { } other)
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"These results do not belong together: they are of {first.Model} and of {other.Model}, or were asked for other attributes.", other.Model);
        return first with { State = ScanState.Merge([.. parts.Select(p => p.State)]), UnlabeledCount = parts.Sum(p => p.UnlabeledCount), Images = parts.SelectMany(p => p.Images).OrderBy(i => i.Index).ToArray() };
    }
}
