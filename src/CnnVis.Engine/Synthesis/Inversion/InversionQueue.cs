namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>Codes that wait to be inverted: those of one layer are computed together, and pictures come out in the order in which their codes came in.</summary>
/// <param name="inversion">Inverts them.</param>
/// <param name="seeds">A picture of each code for each of these.</param>
/// <param name="batchSize">Pictures computed at a time.</param>
public sealed class InversionQueue(CodeInversion inversion, IReadOnlyList<int> seeds, int batchSize)
{
    private readonly List<(CnnLayer Layer, InversionTarget Target)> _pending = [];

    /// <summary>Whether the layers' batches are full.</summary>
    public bool IsFull => _pending.Count * seeds.Count >= batchSize * _pending.Select(p => p.Layer).Distinct().Count();

    /// <summary>Adds a code.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="target">The code.</param>
    /// <param name="groups">Channels to invert by themselves, a picture a group; none for the code as it is.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it has the wrong length, or no finite numbers; or not the channels of the groups.</exception>
    public void Add(CnnLayer layer, InversionTarget target, IReadOnlyList<int[]> groups)
    {
        bool whole = target.Channels is null || target.Channels.SequenceEqual(Enumerable.Range(0, layer.Channels));
        if (whole) target = target with { Channels = null };
        inversion.Check(layer, target);
        if (groups.Count > 0 && !whole)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"-Channel and -ChannelGroup choose from all channels of {layer.Alias}; the code has {target.Channels!.Length} of {layer.Channels}.", target.Path);
        if (groups.Count == 0) _pending.Add((layer, target));
        else _pending.AddRange(groups.Select(group => (layer, target.Of(layer, group))));
    }

    /// <summary>Inverts what waits.</summary>
    /// <param name="progress">Gets how far each layer is.</param>
    /// <param name="cancellation">Ends it; what there is comes out, marked as interrupted.</param>
    public IReadOnlyList<CnnReconstruction> Invert(Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        var made = new SortedDictionary<int, CnnReconstruction[]>();
        foreach (var group in _pending.Select((p, i) => (p.Layer, p.Target, Index: i)).GroupBy(p => p.Layer))
        {
            var jobs = group.ToArray();
            var pictures = inversion.Invert(group.Key, [.. jobs.Select(j => j.Target)], seeds, progress, cancellation);
            foreach (var (chunk, i) in pictures.Chunk(seeds.Count).Select((c, i) => (c, i))) made[jobs[i].Index] = chunk;
        }
        _pending.Clear();
        return [.. made.Values.SelectMany(m => m)];
    }
}
