namespace CnnVis.Engine.Retrieval;

/// <summary>
/// Puts what shards found together. The order does not matter, nor does it whether some are merged first: the places that come first of a union are those that come first
/// of the parts' first ones. Of all shards it gives what one run over all images gives.
/// </summary>
public static class RetrievalMerge
{
    /// <summary>Merges parts.</summary>
    /// <param name="parts">At least one, each with shards that no other has.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: they do not belong together, a shard comes twice, or one was not seen to its end.</exception>
    public static MaxActivatingImageSet Of(IReadOnlyList<MaxActivatingImageSet> parts)
    {
        MaxActivatingImageSet first = parts[0];
        foreach (MaxActivatingImageSet part in parts) Ensure(first, part);
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
            Units = first.Units.Select((unit, i) => unit with { Images = First([.. parts.SelectMany(p => p.Units[i].Images)], first.Top), CodeSimilarity = null }).ToArray(),
            Comparisons = [],
        };
    }

    private static MaxActivatingImage[] First(IReadOnlyList<MaxActivatingImage> images, int top)
    {
        MaxActivatingImage[] first = [.. images.OrderByDescending(i => i.Value).ThenBy(i => i.Index).ThenBy(i => i.Row ?? 0).ThenBy(i => i.Column ?? 0).Take(top)];
        return [.. first.Select((image, i) => image with { Order = i + 1, NormalizedValue = MaxActivatingImage.Normalize(image.Value, first[0].Value) })];
    }

    private static void Ensure(MaxActivatingImageSet first, MaxActivatingImageSet part)
    {
        if (!part.IsComplete) throw Mismatch($"Shard {string.Join(", ", part.Shards)} of {part.ShardCount} has not been seen to its end: it is the checkpoint of a run that stopped. Start that run again with the same -Checkpoint.", part);
        string? other = part.ModelHash != first.ModelHash ? $"networks ({first.Model} and {part.Model}, or two sets of weights)"
            : part.QueryHash != first.QueryHash ? "questions: layers, units, directions, -Top, -PerImage, -Overlap, -PreRelu or -BatchSize differ"
            : part.ShardCount != first.ShardCount ? $"divisions: shards of {first.ShardCount} and of {part.ShardCount}"
            : part.ListedCount != first.ListedCount || part.ListHash != first.ListHash ? $"lists of images: {first.ListedCount} and {part.ListedCount} images, or other paths, order or labels. Every shard is given all images"
            : null;
        if (other is not null) throw Mismatch($"These results do not belong together. They are of different {other}.", part);
    }

    private static CnnVisException Mismatch(string message, object target) => new(ErrorIds.RetrievalMismatch, message, target);
}
