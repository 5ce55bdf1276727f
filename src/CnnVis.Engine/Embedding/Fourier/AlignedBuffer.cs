namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>Floats that stay where they are and begin at a cache line, so that no vector lies across two.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Line = 64;

    private float[] _floats = [];

    /// <summary>The first float.</summary>
    public float* Start { get; private set; }

    /// <summary>Makes room for so many; what was there may be lost.</summary>
    public void Reserve(long length)
    {
        if (_floats.LongLength - Line / sizeof(float) >= length) return;
        _floats = GC.AllocateArray<float>(checked((int)(length + length / 4)) + Line / sizeof(float), pinned: true);
        fixed (float* first = _floats) Start = (float*)(((nint)first + Line - 1) & -Line);
    }
}
