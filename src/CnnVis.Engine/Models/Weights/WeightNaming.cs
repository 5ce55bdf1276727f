using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights;

/// <summary>A weight file's tensors under the names that an architecture uses, whoever named them.</summary>
internal sealed class WeightNaming
{
    private readonly Dictionary<string, Tensor> _tensors;

    /// <param name="weights">A weight file's tensors; stay the caller's.</param>
    /// <param name="dialects">What other libraries call them; the one whose signature is there counts.</param>
    /// <exception cref="CnnVisException">Two of them get one name (WeightsMismatch).</exception>
    public WeightNaming(StateDict weights, IReadOnlyList<WeightDialect> dialects)
    {
        Path = weights.Path;
        _tensors = new Dictionary<string, Tensor>(weights.Count, StringComparer.Ordinal);
        string[] names = [.. weights.Keys.Select(WeightNames.Canonical)];
        WeightDialect? dialect = dialects.FirstOrDefault(d => names.Any(n => Ends(n, d.Signature)));
        IsTranslated = dialect is not null;
        foreach (var (name, tensor) in names.Zip(weights.Values))
        {
            string known = dialect?.Translate(name) ?? name;
            if (!_tensors.TryAdd(known, tensor)) throw new CnnVisException(ErrorIds.WeightsMismatch, $"'{Path}' holds {WeightErrors.Quote(known)} twice, {(known == name ? "once with and once without 'module.'" : "under two names")}.", Path);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether another library named them, which may also write a matrix as a convolution.</summary>
    public bool IsTranslated { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The tensors of that name, behind whatever prefix.</summary>
    public IEnumerable<Tensor> Called(string name) => _tensors.Where(t => Ends(t.Key, name)).Select(t => t.Value);

    private static bool Ends(string name, string end) => name.EndsWith(end, StringComparison.Ordinal) && (name.Length == end.Length || name[^(end.Length + 1)] == '.');
}
