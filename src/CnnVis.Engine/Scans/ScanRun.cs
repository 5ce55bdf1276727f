using System.Diagnostics;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Scans;

/// <summary>
/// One pass over a list of pictures that may be long: it may be one of several shards, and with a checkpoint it may be stopped, and goes on where that was written. Pictures go through <see cref="List"/> in
/// their order; those that it wants are loaded, and come back in the same order. What is gathered is either told picture by picture (<see cref="PictureRun{T}"/>) or added up (<see cref="SumRun{T}"/>).
/// </summary>
public abstract class ScanRun : IDisposable
{
    private const int MostNamed = 3;

    private readonly Queue<(ListedImage Image, string Hash)> _underWay = new();
    private readonly ListHash _hash = new();
    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();
    private readonly List<string> _changed = [];
    private readonly bool _wasComplete;
    private bool _isComplete;
    private long _listed, _changedCount, _images, _failed, _seen;
    private ulong _stamps;
    private string _seenHash = ListHash.Empty;

    private protected ScanRun(ScanQuestion question, Shard shard, Checkpoint? checkpoint)
    {
        (Question, Shard, Checkpoint) = (question, shard, checkpoint);
        if (checkpoint is null || !File.Exists(checkpoint.File)) return;
        Before = ScanFile.Open(checkpoint.File);
        if (question.Difference(Before.Header.Question) is { } other)
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The checkpoint is of {other}. Ask as in that run, or give another checkpoint file.", checkpoint.File);
        ScanState state = Before.State;
        if (state.ShardCount != shard.Count || state.Shards is not [var number] || number != shard.Number)
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The checkpoint is of other images: shard {string.Join(", ", state.Shards)} of {state.ShardCount}, not {shard}. Ask as in that run, or give another checkpoint file.", checkpoint.File);
        (_images, _failed, _wasComplete, _seen, _seenHash, _stamps) = (state.ImageCount, state.FailedCount, state.IsComplete, state.ListedCount, state.ListHash, state.Stamps);
    }

    /// <summary>How far it is.</summary>
    public ScanState State => new(Shard.Count, [Shard.Number], _isComplete, _seen, _seenHash, _images, _failed, _stamps);

    /// <summary>Says which pictures have changed since an earlier run looked at them; null where none has.</summary>
    public string? Changed => _changedCount == 0 ? null
        : $"{_changedCount} of the pictures have changed since the checkpoint was written, and what was found in them before stands: {string.Join(", ", _changed)}{(_changedCount > _changed.Count ? " …" : "")}. Delete the checkpoint to look at all of them again.";

    private protected ScanQuestion Question { get; }

    private protected Shard Shard { get; }

    private protected Checkpoint? Checkpoint { get; }

    /// <summary>Where an earlier run stood; null for none.</summary>
    private protected ScanFile? Before { get; }

    /// <summary>Takes the next picture of the list.</summary>
    /// <returns>Whether it is to be looked at: it is in the shard, and was not seen before.</returns>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the checkpoint was made over another list.</exception>
    public bool List(ImageSource source)
    {
        bool isHeld = Shard.Holds(_listed);
        ListedImage image = isHeld ? ListedImage.Of(_listed, source) : new ListedImage(_listed, source.Path, source.Label);
        _listed++;
        _hash.Add(image);
        if (Before is { State: var before } && _listed <= before.ListedCount)
        {
            if (isHeld) SeeAgain(image);
            if (_listed == before.ListedCount && before.ListHash != _hash.ToString()) throw Other();
            return false;
        }
        if (_wasComplete) throw Other();
        if (!isHeld) return false;
        _underWay.Enqueue((image, _hash.ToString()));
        return true;
    }

    /// <summary>Ends the list, and writes the checkpoint for the last time.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the checkpoint was made over another list.</exception>
    public void End()
    {
        if (Before is { } before && _listed < before.State.ListedCount) throw Other();
        EndAgain();
        (_seen, _seenHash, _isComplete) = (_listed, _hash.ToString(), true);
        if (!_wasComplete && Checkpoint is not null) Save();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what it holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
    }

    /// <summary>The next picture that was taken and has been looked at, in order, and the hash of the list up to it.</summary>
    private protected (ListedImage Image, string Hash) Done(bool isFailed)
    {
        var (image, hash) = _underWay.Dequeue();
        (_seen, _seenHash, _stamps) = (image.Index + 1, hash, _stamps + image.Stamp);
        if (isFailed) _failed++;
        else _images++;
        return (image, hash);
    }

    /// <summary>The pictures that wait, in order.</summary>
    private protected IEnumerable<ListedImage> UnderWay => _underWay.Select(u => u.Image);

    /// <summary>Writes the checkpoint when it is time.</summary>
    private protected void SaveInTime()
    {
        if (Checkpoint is null || _sinceSaved.Elapsed < Checkpoint.Interval) return;
        Save();
        _sinceSaved.Restart();
    }

    /// <summary>Notes that a picture has changed.</summary>
    private protected void NoteChanged(string? path)
    {
        _changedCount++;
        if (path is not null && _changed.Count < MostNamed) _changed.Add(path);
    }

    /// <summary>A picture that an earlier run has seen.</summary>
    private protected abstract void SeeAgain(ListedImage image);

    /// <summary>All of them have been listed.</summary>
    private protected virtual void EndAgain() { }

    /// <summary>Writes the checkpoint.</summary>
    private protected abstract void Save();

    private protected static CnnVisException Other() =>
        new(ErrorIds.RetrievalMismatch, "The checkpoint was made over another list of images, or with other labels: give the images of that run in the same order, or another checkpoint file.");
}
