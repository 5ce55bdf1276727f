using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Scans;

/// <summary>A pass that adds up over pictures. Its checkpoint is as large for a million as for one, and is written anew, whole or not at all.</summary>
/// <typeparam name="T">What is added up, as data.</typeparam>
public sealed class SumRun<T> : ScanRun where T : class
{
    private readonly Func<T> _sum;
    private readonly DateTime _written;
    private ulong _stampsAgain;
    private long _again;
    private bool _toldChange;

    /// <param name="question">What is asked.</param>
    /// <param name="shard">The part of the list to look at.</param>
    /// <param name="checkpoint">Where to keep what was gathered; null for nowhere. A new one is written at once, so that one that cannot be written is known before the first picture.</param>
    /// <param name="sum">What was added up so far.</param>
    /// <param name="restore">Takes up what an earlier run had added up; nothing has been added yet.</param>
    /// <exception cref="CnnVisException">The checkpoint cannot be written or read, or (<see cref="ErrorIds.RetrievalMismatch"/>) is of another question or shard.</exception>
    public SumRun(ScanQuestion question, Shard shard, Checkpoint? checkpoint, Func<T> sum, Action<T> restore) : base(question, shard, checkpoint)
    {
        _sum = sum;
        if (Before is { } before)
        {
            _written = File.GetLastWriteTimeUtc(before.Path);
            ScanReader.Try(before.Path, () =>
            {
                restore(before.Sum<T>());
                return true;
            });
        }
        else if (checkpoint is not null) Save();
    }

    /// <summary>Looks at a batch, and writes the checkpoint when it is time.</summary>
    /// <param name="batch">The next pictures that <see cref="ScanRun.List"/> wanted, in their order.</param>
    /// <param name="look">Adds its readable pictures; whole or not at all.</param>
    /// <param name="failed">Takes the errors of those that could not be read.</param>
    public void Add(ImageBatch batch, Action<IReadOnlyList<ListedImage>> look, Action<CnnVisException> failed)
    {
        var images = new List<ListedImage>();
        using (IEnumerator<ListedImage> next = UnderWay.GetEnumerator())
            batch.InOrder(_ => next.MoveNext(), (_, _) =>
            {
                next.MoveNext();
                images.Add(next.Current);
            });
        look(images);
        batch.InOrder(
            error =>
            {
                Done(isFailed: true);
                failed(error);
            },
            (_, _) => Done(isFailed: false));
        SaveInTime();
    }

    /// <inheritdoc/>
    private protected override void SeeAgain(ListedImage image)
    {
        _stampsAgain += image.Stamp;
        if (image.Written > _written.Ticks) NoteChanged(image.Path);
        _toldChange |= image.Written > _written.Ticks;
        if (++_again == Before!.State.ImageCount + Before.State.FailedCount && _stampsAgain != Before.State.Stamps && !_toldChange) NoteChanged("their sizes or times are others than they were");
    }

    /// <inheritdoc/>
    private protected override void Save() => AtomicFile.Write(Checkpoint!.File, stream => ScanFile.Write(stream, Question, State, _sum()), overwrite: true);
}
