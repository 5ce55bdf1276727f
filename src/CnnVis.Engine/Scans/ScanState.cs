namespace CnnVis.Engine.Scans;

/// <summary>How far a pass over a list of pictures is: where another run goes on, and what tells whether that goes over the same list.</summary>
/// <param name="ShardCount">Parts that the list is divided into.</param>
/// <param name="Shards">Those that are looked at, from 1; several where results were merged.</param>
/// <param name="IsComplete">Whether they were seen to their end.</param>
/// <param name="ListedCount">Pictures that were listed and are done, in any shard.</param>
/// <param name="ListHash">Hash of their paths and labels.</param>
/// <param name="ImageCount">Pictures looked at.</param>
/// <param name="FailedCount">Pictures that could not be read.</param>
/// <param name="Stamps">Sum over the pictures of what changes when their files do.</param>
public sealed record ScanState(int ShardCount, IReadOnlyList<int> Shards, bool IsComplete, long ListedCount, string ListHash, long ImageCount, long FailedCount, ulong Stamps)
{
    /// <summary>Puts shards of one list together. All of them are the whole list; some are those shards.</summary>
    /// <param name="parts">At least one, each with shards that no other has.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: they are of different lists or divisions, a shard comes twice, or one was not seen to its end.</exception>
    public static ScanState Merge(IReadOnlyList<ScanState> parts)
    {
        ScanState first = parts[0];
        foreach (ScanState part in parts) Ensure(first, part);
        int[] shards = [.. parts.SelectMany(p => p.Shards).Order()];
        if (shards.Zip(shards.Skip(1)).FirstOrDefault(p => p.First == p.Second) is { First: > 0 } twice)
            throw Mismatch($"Shard {twice.First} of {first.ShardCount} is there twice; merge each once.", first);
        bool isWhole = shards.Length == first.ShardCount;
        return first with
        {
            ShardCount = isWhole ? 1 : first.ShardCount,
            Shards = isWhole ? new[] { 1 } : shards,
            ImageCount = parts.Sum(p => p.ImageCount),
            FailedCount = parts.Sum(p => p.FailedCount),
            Stamps = parts.Aggregate(0UL, (sum, p) => sum + p.Stamps),
        };
    }

    private static void Ensure(ScanState first, ScanState part)
    {
        if (!part.IsComplete) throw Mismatch($"Shard {string.Join(", ", part.Shards)} of {part.ShardCount} has not been seen to its end: it is the checkpoint of a run that stopped. Start that run again with the same -Checkpoint.", part);
        string? other = part.ShardCount != first.ShardCount ? $"divisions: shards of {first.ShardCount} and of {part.ShardCount}"
            : part.ListedCount != first.ListedCount || part.ListHash != first.ListHash ? $"lists of images: {first.ListedCount} and {part.ListedCount} images, or other paths, order or labels. Every shard is given all images"
            : null;
        if (other is not null) throw Mismatch($"These results do not belong together. They are of different {other}.", part);
    }

    private static CnnVisException Mismatch(string message, object target) => new(ErrorIds.RetrievalMismatch, message, target);
}
