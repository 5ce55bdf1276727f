using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Scans;

/// <summary>
/// A pass that tells of each picture by itself. Its checkpoint gets a line a picture and is never written anew; a run that goes on tells first what the earlier one had found, so that whoever listens gets all pictures in
/// their order. Memory does not depend on their number.
/// </summary>
/// <typeparam name="T">What is found in a picture, as data.</typeparam>
public sealed class PictureRun<T> : ScanRun where T : class
{
    private readonly Action<ListedImage, T> _found;
    private readonly Action<CnnVisException> _failed;
    private readonly IEnumerator<(ScanEntry<T> Entry, ReadOnlyMemory<byte> Line)>? _before;
    private readonly FileStream? _file;

    /// <param name="question">What is asked.</param>
    /// <param name="shard">The part of the list to look at.</param>
    /// <param name="checkpoint">Where to keep what was found; null for nowhere. A new one is begun at once, so that one that cannot be written is known before the first picture.</param>
    /// <param name="found">Takes what was found, in the order of the list.</param>
    /// <param name="failed">Takes the errors of pictures that could not be read, between.</param>
    /// <exception cref="CnnVisException">The checkpoint cannot be written or read, or (<see cref="ErrorIds.RetrievalMismatch"/>) is of another question or shard.</exception>
    public PictureRun(ScanQuestion question, Shard shard, Checkpoint? checkpoint, Action<ListedImage, T> found, Action<CnnVisException> failed) : base(question, shard, checkpoint)
    {
        (_found, _failed) = (found, failed);
        if (checkpoint is null) return;
        _before = Before?.Entries<T>().GetEnumerator();
        if (Before is { State.IsComplete: true }) return;
        if (Before is null) AtomicFile.Write(checkpoint.File, new ScanLine<T>(Header: ScanHeader.Of(question, shard.Count, [shard.Number])).ToBytes(), overwrite: false);
        _file = Written(() =>
        {
            PlainFile.Ensure(checkpoint.File);
            var file = new FileStream(checkpoint.File, FileMode.Open, FileAccess.Write, FileShare.Read, 1 << 16);
            Own(file);
            if (Before is { } before) file.SetLength(before.Length); // without a line that was half written
            file.Seek(0, SeekOrigin.End);
            return file;
        });
    }

    /// <summary>Looks at a batch, and sees to it that the checkpoint has it when it is time.</summary>
    /// <param name="batch">The next pictures that <see cref="ScanRun.List"/> wanted, in their order.</param>
    /// <param name="look">Looks at its readable pictures: what is found in each.</param>
    public void Add(ImageBatch batch, Func<IReadOnlyList<ListedImage>, IReadOnlyList<T>> look)
    {
        var errors = new List<CnnVisException?>();
        batch.InOrder(errors.Add, (_, _) => errors.Add(null));
        Add(errors, look);
    }

    /// <summary>The same for pictures that were read otherwise.</summary>
    /// <param name="errors">Of the next pictures that <see cref="ScanRun.List"/> wanted, in their order: why one could not be read, or null.</param>
    /// <param name="look">Looks at those that could: what is found in each.</param>
    public void Add(IReadOnlyList<CnnVisException?> errors, Func<IReadOnlyList<ListedImage>, IReadOnlyList<T>> look)
    {
        ListedImage[] waiting = [.. UnderWay.Take(errors.Count)];
        IReadOnlyList<T> values = look([.. waiting.Where((_, i) => errors[i] is null)]);
        int place = 0;
        foreach (CnnVisException? error in errors)
        {
            var (image, hash) = Done(isFailed: error is not null);
            T? value = error is null ? values[place++] : null;
            if (_file is not null)
                Written(() =>
                {
                    _file.Write(new ScanLine<T>(Entry: new ScanEntry<T>(image.Index, image.Path, image.Label, image.Bytes, image.Written, hash, ScanError.Of(error), value)).ToBytes());
                    return true;
                });
            if (error is not null) _failed(error);
            else _found(image, value!);
        }
        SaveInTime();
    }

    /// <inheritdoc/>
    private protected override void SeeAgain(ListedImage image)
    {
        if (!_before!.MoveNext() || _before.Current.Entry is var entry && (entry.Path != image.Path || entry.Label != image.Label)) throw Other();
        entry = _before.Current.Entry;
        if (entry.Bytes != image.Bytes || entry.Written != image.Written) NoteChanged(entry.Path);
        if (entry.Error is { } error) _failed(error.About(entry.Path));
        else _found(image, entry.Value!);
    }

    /// <inheritdoc/>
    private protected override void Save() => Written(() =>
    {
        ScanState s = State;
        if (s.IsComplete) _file!.Write(new ScanLine<T>(Tail: new ScanTail<T>(true, s.ListedCount, s.ListHash, s.ImageCount, s.FailedCount, s.Stamps, null)).ToBytes());
        _file!.Flush(flushToDisk: true);
        return true;
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _before?.Dispose();
            try
            {
                _file?.Dispose();
            }
            catch (IOException)
            {
                // Whole lines count; what could not be written is found again.
            }
        }
        base.Dispose(disposing);
    }

    /// <summary>Sees to it that no other process goes on with the same checkpoint, where the file system knows locks.</summary>
    private static void Own(FileStream file)
    {
        const int tryAgain = 11, denied = 13, violation = unchecked((int)0x80070021);
        if (OperatingSystem.IsMacOS()) return;
        try
        {
            file.Lock(long.MaxValue - 1, 1); // a place that nobody reads
        }
        catch (IOException error) when (error.HResult is tryAgain or denied or violation)
        {
            file.Dispose();
            throw new IOException("Another run is writing it.", error);
        }
        catch (IOException)
        {
            // The file system knows none.
        }
    }

    private TResult Written<TResult>(Func<TResult> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.WriteFailed, $"The checkpoint '{Checkpoint!.File}' cannot be written: {error.Message.TrimEnd('.')}. Each run, and each shard, needs a file of its own.", Checkpoint.File, error);
        }
    }
}
