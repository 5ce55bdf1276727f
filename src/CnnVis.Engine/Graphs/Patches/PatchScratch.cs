using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Memory for what a group of positions needs in passing. It is taken again for the next group: fresh pages cost as much time as what is written to them.</summary>
internal sealed class PatchScratch : IDisposable
{
    private readonly Dictionary<string, Tensor> _memory = new(StringComparer.Ordinal);

    /// <summary>A contiguous tensor of any content, until the same purpose asks again.</summary>
    public Tensor Take(string purpose, params long[] shape)
    {
        long size = shape.Aggregate(1L, (a, b) => a * b);
        if (!_memory.TryGetValue(purpose, out Tensor? memory) || memory.NumberOfElements < size)
        {
            memory?.Dispose();
            _memory[purpose] = memory = empty(size).DetachFromDisposeScope();
        }
        return memory.narrow(0, 0, size).view(shape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor memory in _memory.Values) memory.Dispose();
    }
}
