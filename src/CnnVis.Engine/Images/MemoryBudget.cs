namespace CnnVis.Engine.Images;

/// <summary>Lets threads wait for one another when together they would take more memory than they may.</summary>
/// <param name="limit">Bytes that may be out at a time. Whoever asks for more than that has it alone.</param>
internal sealed class MemoryBudget(long limit)
{
    private readonly Lock _door = new();
    private readonly ManualResetEventSlim _returned = new();
    private long _out;

    /// <summary>Waits until that many bytes may be taken, and takes them.</summary>
    public void Take(long bytes)
    {
        while (true)
        {
            lock (_door)
            {
                if (_out == 0 || _out + bytes <= limit)
                {
                    _out += bytes;
                    return;
                }
                _returned.Reset();
            }
            _returned.Wait();
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long bytes)
    {
        lock (_door)
        {
            _out -= bytes;
            _returned.Set();
        }
    }
}
