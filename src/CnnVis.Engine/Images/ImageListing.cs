using System.Runtime.ExceptionServices;

namespace CnnVis.Engine.Images;

/// <summary>
/// A list of pictures that is read ahead, on a thread of its own, while those before are worked on: folders far away are not waited for one by one, and how many pictures there are is known without going
/// through them a second time. What waits is packed (<see cref="PackedSources"/>), so that a million of them are some tens of megabytes.
/// </summary>
public sealed class ImageListing : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<object> _ready = new(); // PackedSources, and errors in their places between
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _woken;
    private PackedSources _open = new();
    private ExceptionDispatchInfo? _thrown;
    private bool _isComplete;
    private long _count;

    /// <summary>Begins to list.</summary>
    /// <param name="list">Gives the pictures, as <see cref="ImageSources.In"/> does, and hands over what is wrong with folders and tar files. It is run through once.</param>
    /// <param name="isAhead">Whether on a thread of its own, for what may be long; a file alone is not worth one.</param>
    /// <param name="cancellation">Ends it.</param>
    public ImageListing(Func<Action<CnnVisException>, IEnumerable<ImageSource>> list, bool isAhead, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _woken = _stop.Token.Register(Wake);
        CancellationToken stop = _stop.Token;
        // A thread and not the pool's: a folder that hangs must not keep decoders from theirs.
        if (isAhead) new Thread(() => List(list, stop)) { IsBackground = true, Name = "listing pictures" }.Start();
        else List(list, stop);
    }

    /// <summary>How many pictures there are; null while they are being listed.</summary>
    public long? Total
    {
        get
        {
            lock (_gate) return _isComplete && _thrown is null ? _count : null;
        }
    }

    /// <summary>The pictures, in order, as soon as they are known; once.</summary>
    /// <param name="failed">Takes what was wrong, between the pictures.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IEnumerable<ImageSource> Read(Action<CnnVisException> failed)
    {
        while (Next() is { } next)
        {
            if (next is CnnVisException error) failed(error);
            else
                foreach (ImageSource source in (PackedSources)next) yield return source;
        }
    }

    /// <summary>Ends the listing.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _woken.Dispose();
        _stop.Dispose();
    }

    private object? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                _stop.Token.ThrowIfCancellationRequested();
                if (_ready.TryDequeue(out object? next)) return next;
                if (_open.Count > 0) return Close();
                if (_isComplete)
                {
                    _thrown?.Throw();
                    return null;
                }
                Monitor.Wait(_gate);
            }
        }
    }

    private void List(Func<Action<CnnVisException>, IEnumerable<ImageSource>> list, CancellationToken stop)
    {
        ExceptionDispatchInfo? thrown = null;
        try
        {
            foreach (ImageSource source in list(Failed))
            {
                if (stop.IsCancellationRequested) return;
                Add(source);
            }
        }
        catch (Exception error)
        {
            thrown = ExceptionDispatchInfo.Capture(error); // whoever reads meets it
        }
        lock (_gate)
        {
            (_isComplete, _thrown) = (true, thrown);
            Monitor.PulseAll(_gate);
        }
    }

    private void Add(ImageSource source)
    {
        lock (_gate)
        {
            _open.Add(source);
            _count++;
            if (_open.IsFull) _ready.Enqueue(Close());
            Monitor.PulseAll(_gate);
        }
    }

    private void Failed(CnnVisException error)
    {
        lock (_gate)
        {
            if (_open.Count > 0) _ready.Enqueue(Close());
            _ready.Enqueue(error);
            Monitor.PulseAll(_gate);
        }
    }

    private PackedSources Close()
    {
        PackedSources closed = _open;
        _open = new PackedSources();
        return closed;
    }

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }
}
