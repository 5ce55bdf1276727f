using System.Buffers;

namespace CnnVis.Engine.Images;

/// <summary>
/// Decodes pictures ahead, several at a time, and hands them out in the order in which they were added. One thread adds and takes. At most
/// <c>capacity</c> pictures are held: take some when <see cref="IsFull"/>.
/// </summary>
public sealed class ImageLoader : IDisposable
{
    private readonly Queue<Task<LoadedImage>> _pending;
    private readonly CancellationTokenSource _stop;
    private readonly TaskScheduler _threads;
    private readonly CnnInput _input;
    private readonly DecodeOptions _options;
    private readonly int _capacity;
    private bool _disposed;

    /// <param name="input">What the network takes.</param>
    /// <param name="capacity">Most pictures that are held, at least 1.</param>
    /// <param name="threads">Pictures decoded at a time, at least 1.</param>
    /// <param name="options">Which pictures are accepted.</param>
    /// <param name="cancellation">Ends the decoding, and the waiting for it.</param>
    public ImageLoader(CnnInput input, int capacity, int threads, DecodeOptions options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_input, _capacity, _options) = (input, capacity, options);
        _pending = new Queue<Task<LoadedImage>>(capacity);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _threads = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
    }

    /// <summary>Called on the decoding thread before each picture; tests hold it up.</summary>
    internal Action<ImageSource> Before { get; init; } = _ => { };

    /// <summary>Threads that decode well together: one a processor, at most 16.</summary>
    public static int DefaultThreads { get; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Pictures added and not yet taken.</summary>
    public int Pending => _pending.Count;

    /// <summary>As many pictures are held as may be.</summary>
    public bool IsFull => Pending >= _capacity;

    /// <summary>Queues a picture, whose decoding begins at once if a thread is free.</summary>
    /// <exception cref="InvalidOperationException">The loader <see cref="IsFull"/>. It does not wait, because nobody else would take one.</exception>
    public void Add(string path) => Add(new ImageSource(path));

    /// <inheritdoc cref="Add(string)"/>
    public void Add(ImageSource source)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsFull) throw new InvalidOperationException($"The loader holds {_capacity} pictures already; take some first.");
        _pending.Enqueue(Task.Factory.StartNew(() => Load(source), _stop.Token, TaskCreationOptions.DenyChildAttach, _threads));
    }

    /// <summary>The next pictures in the order in which they were added, those that could not be read among them with their errors. Waits for their decoding; dispose them after use.</summary>
    /// <param name="count">How many, at most <see cref="Pending"/>.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is taken.</exception>
    public IReadOnlyList<LoadedImage> Take(int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Pending);
        _stop.Token.ThrowIfCancellationRequested();
        foreach (Task<LoadedImage> task in _pending.Take(count)) task.Wait(_stop.Token);
        var images = new LoadedImage[count];
        for (int i = 0; i < count; i++) images[i] = _pending.Dequeue().Result;
        return images;
    }

    /// <summary>Drops what is pending. Does not wait for pictures under way: they are dropped when they are done.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stop.Cancel();
        foreach (Task<LoadedImage> task in _pending)
            task.ContinueWith(done => done.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _pending.Clear();
        _stop.Dispose();
    }

    private LoadedImage Load(ImageSource source)
    {
        string path = source.Path;
        float[]? buffer = null;
        try
        {
            Before(source);
            buffer = ArrayPool<float>.Shared.Rent(_input.Length);
            return new LoadedImage(source, buffer, _input.Length, Preprocessor.Load(source.Located(), _input, _options, buffer.AsSpan(0, _input.Length)));
        }
        catch (Exception error) // whatever happens to one picture is that picture's error
        {
            if (buffer is not null) ArrayPool<float>.Shared.Return(buffer);
            return new LoadedImage(source, error as CnnVisException ?? new CnnVisException(ErrorIds.ImageUnreadable, $"'{path}' cannot be read: {error.Message}", path, error));
        }
    }
}
