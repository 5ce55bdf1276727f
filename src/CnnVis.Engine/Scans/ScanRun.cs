using System.Diagnostics;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Scans;

/// <summary>
/// One pass over a list of pictures that may be long: it may be one of several shards, and with a checkpoint it may be stopped, and goes on where that was written. What is gathered
/// on the way is the job's. Pictures go through <see cref="List"/> in their order; those that it wants are loaded, and come back in batches to <see cref="Add"/>.
/// </summary>
public sealed class ScanRun : IDisposable
{
    private readonly IScanJob _job;
    private readonly Shard _shard;
    private readonly Checkpoint? _checkpoint;
    private readonly ImageScan _scan;
    private readonly bool _wasComplete;
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();
    private bool _isComplete;
    private long _images, _failed;

    /// <param name="job">What gathers; nothing yet.</param>
    /// <param name="shard">The part of the list to look at.</param>
    /// <param name="checkpoint">Where to keep what was gathered; null for nowhere. A new one is written at once, so that one that cannot be written is known before the first picture.</param>
    /// <exception cref="CnnVisException">The checkpoint cannot be written or read, or (<see cref="ErrorIds.RetrievalMismatch"/>) is of another job or shard.</exception>
    public ScanRun(IScanJob job, Shard shard, Checkpoint? checkpoint)
    {
        (_job, _shard, _checkpoint) = (job, shard, checkpoint);
        ScanState? before = checkpoint is not null && File.Exists(checkpoint.File) ? job.Restore(checkpoint.File) : null;
        if (before is not null && (before.ShardCount != shard.Count || before.Shards is not [var number] || number != shard.Number))
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The checkpoint is of other images: shard {string.Join(", ", before.Shards)} of {before.ShardCount}, not {shard}. Ask as in that run, or give another checkpoint file.", checkpoint!.File);
        (_images, _failed, _wasComplete) = (before?.ImageCount ?? 0, before?.FailedCount ?? 0, before is { IsComplete: true });
        _scan = new ImageScan(shard, before);
        if (before is null) Save();
    }

    /// <summary>How far it is.</summary>
    public ScanState State => new(_shard.Count, [_shard.Number], _isComplete, _scan.SeenCount, _scan.SeenHash, _images, _failed);

    /// <summary>Takes the next picture of the list.</summary>
    /// <returns>Whether it is to be looked at: it is in the shard, and was not seen before.</returns>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the checkpoint was made over another list.</exception>
    public bool List(ImageSource source) => _scan.List(source);

    /// <summary>Has the job look at a batch, and writes the checkpoint when it is time.</summary>
    /// <param name="batch">The next pictures that <see cref="List"/> wanted, in their order.</param>
    /// <param name="failed">Takes the errors of those that could not be read.</param>
    /// <param name="cancellation">Ends it; the checkpoint stays as it was written last.</param>
    public void Add(ImageBatch batch, Action<CnnVisException> failed, CancellationToken cancellation)
    {
        var images = new List<ListedImage>();
        var errors = new List<CnnVisException>();
        batch.InOrder(
            error =>
            {
                _scan.Done();
                errors.Add(error);
            },
            (_, _) => images.Add(_scan.Done()));
        _job.Look(batch, images, cancellation);
        (_images, _failed) = (_images + images.Count, _failed + errors.Count);
        errors.ForEach(failed);
        if (_sinceSaved.Elapsed >= _checkpoint?.Interval) Save();
    }

    /// <summary>Ends the list, and writes the checkpoint for the last time.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the checkpoint was made over another list.</exception>
    public void End()
    {
        _scan.End();
        _isComplete = true;
        if (!_wasComplete) Save();
    }

    /// <inheritdoc/>
    public void Dispose() => _scan.Dispose();

    private void Save()
    {
        if (_checkpoint is null) return;
        _job.Save(_checkpoint.File, State);
        _sinceSaved.Restart();
    }
}
