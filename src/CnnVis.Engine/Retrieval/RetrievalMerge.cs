using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;

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
        ScanState state = ScanState.Merge([.. parts.Select(StateOf)]);
        return first with
        {
            ShardCount = state.ShardCount,
            Shards = state.Shards,
            ImageCount = state.ImageCount,
            FailedCount = state.FailedCount,
            Stamps = state.Stamps,
            Units = Units([.. parts.Select(p => p.Units)], first.Top),
            Comparisons = [],
        };
    }

    /// <summary>The units of all parts.</summary>
    /// <param name="parts">The same units in each.</param>
    /// <param name="top">Images kept of a unit.</param>
    internal static MaxActivatingUnit[] Units(IReadOnlyList<IReadOnlyList<MaxActivatingUnit>> parts, int top) =>
        parts[0].Select((unit, i) => unit with { Images = First([.. parts.SelectMany(p => p[i].Images)], top), CodeSimilarity = null }).ToArray();

    private static MaxActivatingImage[] First(IReadOnlyList<MaxActivatingImage> images, int top)
    {
        MaxActivatingImage[] first = [.. images.OrderByDescending(i => i.Value).ThenBy(i => i.Index).ThenBy(i => i.Row ?? 0).ThenBy(i => i.Column ?? 0).Take(top)];
        return [.. first.Select((image, i) => image with { Order = i + 1, NormalizedValue = MaxActivatingImage.Normalize(image.Value, first[0].Value) })];
    }

    /// <summary>Sees to it that results are a network's.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: they are another's, or its weights are others.</exception>
    public static void Ensure(MaxActivatingImageSet set, Network network, CancellationToken cancellation = default)
    {
        if (NetworkHash.Of(network, cancellation) != set.ModelHash)
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"These results are of {set.Model}, and -Model is {network.Name}, or has other weights. Give the network of the run.", network);
    }

    /// <summary>How far the pass was that found it.</summary>
    internal static ScanState StateOf(MaxActivatingImageSet set) => new(set.ShardCount, set.Shards, set.IsComplete, set.ListedCount, set.ListHash, set.ImageCount, set.FailedCount, set.Stamps);

    private static void Ensure(MaxActivatingImageSet first, MaxActivatingImageSet part)
    {
        string? other = part.ModelHash != first.ModelHash ? $"networks ({first.Model} and {part.Model}, or two sets of weights)"
            : part.QueryHash != first.QueryHash ? "questions: layers, units, directions, -Top, -PerImage, -Overlap, -PreRelu or -BatchSize differ"
            : null;
        if (other is not null) throw new CnnVisException(ErrorIds.RetrievalMismatch, $"These results do not belong together. They are of different {other}.", part);
    }
}
