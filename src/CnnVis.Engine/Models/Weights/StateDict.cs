using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights;

/// <summary>
/// The tensors of a weight file by their names, in the file's order: float32, int64 or bool. It owns them; whoever wants to keep one past
/// <see cref="Dispose"/> takes a handle of its own (<c>alias()</c>, <c>clone()</c>). Tensors that shared memory in the file share it here, and some may not be contiguous.
/// </summary>
public sealed class StateDict : IReadOnlyDictionary<string, Tensor>, IDisposable
{
    private readonly OrderedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    internal StateDict(string path, WeightFormat format, IReadOnlyDictionary<string, string> metadata, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        (Path, Format, Metadata) = (path, format, metadata);
        foreach (var (name, tensor) in tensors) _tensors.Add(name, tensor);
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The kind of that file.</summary>
    public WeightFormat Format { get; }

    /// <summary>What the file says of itself: safetensors' <c>__metadata__</c>; of a checkpoint the plain values beside the weights (<c>arch</c>, <c>epoch</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _tensors.Keys;

    /// <inheritdoc/>
    public IEnumerable<Tensor> Values => _tensors.Values;

    /// <inheritdoc/>
    public Tensor this[string name] => _tensors[name];

    /// <inheritdoc/>
    public bool ContainsKey(string name) => _tensors.ContainsKey(name);

    /// <inheritdoc/>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out Tensor tensor) => _tensors.TryGetValue(name, out tensor);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => _tensors.GetEnumerator();

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
