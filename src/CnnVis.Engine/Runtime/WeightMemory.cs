namespace CnnVis.Engine.Runtime;

/// <summary>
/// The weights of one network outside .NET's heap, which its collector cannot see: it would let networks that nobody holds lie about until chance collects their few managed bytes. So it is told, and made to
/// collect when networks together have grown by half since it did so last.
/// </summary>
internal sealed class WeightMemory : IDisposable
{
    /// <summary>Below that many bytes it is not worth a collection.</summary>
    private const long Least = 384L << 20;

    private static readonly Lock _door = new();
    private static long _held, _kept; // of all networks: now, and after the last collection
    private readonly long _bytes;
    private int _isGone;

    /// <param name="bytes">What the weights take.</param>
    public WeightMemory(long bytes)
    {
        _bytes = bytes;
        if (bytes > 0) GC.AddMemoryPressure(bytes);
        if (Interlocked.Add(ref _held, bytes) > Math.Max(Least, _kept + _kept / 2)) Collect();
    }

    ~WeightMemory() => Release();

    /// <summary>Frees the networks that nobody holds.</summary>
    public static void Collect()
    {
        lock (_door)
        {
            // A finalizer of what the first collection frees may be what holds a tensor.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _kept = Interlocked.Read(ref _held);
        }
    }

    /// <summary>The weights are gone.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _isGone, 1) != 0) return;
        if (_bytes > 0) GC.RemoveMemoryPressure(_bytes);
        Interlocked.Add(ref _held, -_bytes);
    }
}
