namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>What a file holds, before any number of it is read.</summary>
internal sealed class WeightContent(WeightFormat format)
{
    /// <summary>More tensors than any network has.</summary>
    private const int TensorLimit = 100_000;

    private readonly OrderedDictionary<string, StoredTensor> _tensors = new(StringComparer.Ordinal);

    public WeightFormat Format { get; } = format;

    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <exception cref="CnnVisException">The name is there already, or there are too many.</exception>
    public void Add(string name, StoredTensor tensor)
    {
        if (_tensors.Count == TensorLimit) throw WeightErrors.Unreadable($"it holds more than {TensorLimit} tensors.");
        if (!_tensors.TryAdd(name, tensor)) throw WeightErrors.Unreadable($"two of its tensors are called {WeightErrors.Quote(name)}.");
    }

    /// <summary>What lies behind a key, named without it.</summary>
    /// <exception cref="CnnVisException">Nothing does.</exception>
    public WeightContent Behind(string key)
    {
        var part = new WeightContent(Format);
        foreach (var (name, value) in Metadata) part.Metadata.Add(name, value);
        string prefix = key.TrimEnd('.') + ".";
        foreach (var (name, tensor) in _tensors)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) part.Add(name[prefix.Length..], tensor);
        return part.Tensors.Count > 0 ? part
            : throw new CnnVisException(ErrorIds.WeightsMismatch, $"it holds no weights behind the key {WeightErrors.Quote(key)}; there are {string.Join(", ", _tensors.Keys.Select(n => n.Split('.')[0]).Distinct(StringComparer.Ordinal).Take(8).Select(WeightErrors.Quote))}.");
    }
}
