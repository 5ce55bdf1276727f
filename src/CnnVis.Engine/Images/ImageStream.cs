using CnnVis.Engine.Models;

namespace CnnVis.Engine.Images;

/// <summary>
/// Pictures on their way to a network: decoded ahead on threads of their own, at most two batches of them, and handed out batch by batch in the order in which they came, in memory that all
/// batches share in turn. So memory does not depend on the number of pictures. One thread adds and takes.
/// </summary>
public sealed class ImageStream : IDisposable
{
    private readonly Network _network;
    private readonly ImageLoader _loader;
    private readonly BatchMemory _memory;
    private readonly int _batchSize;
    private readonly CancellationToken _cancellation;

    /// <param name="network">Whom they are prepared for.</param>
    /// <param name="batchSize">Pictures computed at a time.</param>
    /// <param name="cancellation">Ends the decoding, and the waiting for it.</param>
    public ImageStream(Network network, int batchSize, CancellationToken cancellation)
    {
        (_network, _batchSize, _cancellation) = (network, batchSize, cancellation);
        _loader = new ImageLoader(network.Input, 2 * batchSize, ImageLoader.DefaultThreads, DecodeOptions.Default, cancellation);
        _memory = new BatchMemory(network.Input);
    }

    /// <summary>Pictures that were added and not yet taken.</summary>
    public int Pending => _loader.Pending;

    /// <summary>As many pictures wait as may: <see cref="Take"/> some.</summary>
    public bool IsFull => _loader.IsFull;

    /// <summary>Queues a picture.</summary>
    /// <exception cref="InvalidOperationException">The stream <see cref="IsFull"/>.</exception>
    public void Add(ImageSource source) => _loader.Add(source);

    /// <summary>The next batch; fewer pictures than a batch's where no more wait. Waits for their decoding. Dispose it before the next is taken.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImageBatch Take() => ImageBatch.Of(_loader.Take(Math.Min(Pending, _batchSize)), _network, _memory, _cancellation);

    /// <summary>All pictures of a list, which is read two batches ahead. Each batch is disposed when the next is asked for.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<ImageBatch> Batches(IEnumerable<ImageSource> sources)
    {
        foreach (ImageSource source in sources)
        {
            Add(source);
            if (!IsFull) continue;
            using ImageBatch batch = Take();
            yield return batch;
        }
        while (Pending > 0)
        {
            using ImageBatch batch = Take();
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loader.Dispose();
        _memory.Dispose();
    }
}
