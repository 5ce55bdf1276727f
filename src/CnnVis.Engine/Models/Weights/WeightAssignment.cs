using CnnVis.Engine.Models.Weights.Files;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights;

/// <summary>
/// Finds the parameters of an architecture in a <see cref="StateDict"/>. Names must agree after <c>module.</c> and <c>_orig_mod.</c> are taken out (and old
/// densenet names brought up to date), behind at most one prefix that all of them share (<c>model.</c>, <c>backbone.</c>, any other); what lies outside of
/// that prefix belongs to something else. Shapes must be equal. <c>num_batches_tracked</c> is never missed and never unexpected.
/// </summary>
public static class WeightAssignment
{
    /// <summary>How many names of a kind a message lists.</summary>
    private const int Listed = 6;

    /// <summary>The tensors wanted, by name, in the order wanted.</summary>
    /// <param name="weights">A weight file's tensors.</param>
    /// <param name="wanted">Names and shapes that the architecture asks for; at least one.</param>
    /// <param name="optional">Tells names that the file may have beside them: those of auxiliary heads.</param>
    /// <returns>float32, contiguous; the caller's to dispose of, and independent of <paramref name="weights"/>.</returns>
    /// <exception cref="CnnVisException">Some are missing, unexpected or of another shape, or two parts of the file fit (WeightsMismatch).</exception>
    public static IReadOnlyDictionary<string, Tensor> Match(StateDict weights, IReadOnlyList<(string Name, long[] Shape)> wanted, Func<string, bool>? optional = null) =>
        Match(new WeightNaming(weights, []), wanted, optional);

    /// <inheritdoc cref="Match(StateDict, IReadOnlyList{ValueTuple{string, long[]}}, Func{string, bool})"/>
    internal static IReadOnlyDictionary<string, Tensor> Match(WeightNaming weights, IReadOnlyList<(string Name, long[] Shape)> wanted, Func<string, bool>? optional = null)
    {
        Dictionary<string, Tensor> found = UnderPrefix(weights, wanted);
        string[] missing = [.. wanted.Where(w => !found.ContainsKey(w.Name)).Select(w => w.Name)];
        string[] misshaped = [.. wanted.Where(w => found.TryGetValue(w.Name, out Tensor? tensor) && !Fits(tensor.shape, w.Shape, weights.IsTranslated))
            .Select(w => $"{w.Name} is {WeightErrors.Shape(found[w.Name].shape)} and should be {WeightErrors.Shape(w.Shape)}")];
        var names = wanted.Select(w => w.Name).ToHashSet(StringComparer.Ordinal);
        string[] unexpected = [.. found.Keys.Where(k => !names.Contains(k) && !IsCounter(k) && optional?.Invoke(k) != true)];
        if (missing.Length + misshaped.Length + unexpected.Length > 0)
        {
            string[] parts = [.. new[] { Part("missing", missing), Part("unexpected", unexpected), Part("of another shape", misshaped) }.OfType<string>()];
            string hint = missing.Length > wanted.Count / 2 ? " They seem to be those of another architecture." : "";
            throw new CnnVisException(ErrorIds.WeightsMismatch, $"The weights in '{weights.Path}' do not fit the architecture: of its {wanted.Count} parameters {string.Join("; ", parts)}.{hint}", weights.Path);
        }
        return new OrderedDictionary<string, Tensor>(wanted.Select(w => KeyValuePair.Create(w.Name, Own(found[w.Name], w.Shape))), StringComparer.Ordinal);
    }

    /// <summary>Whether they are equal, or hold the same numbers of as many outputs: a vector of maps, a matrix as a convolution.</summary>
    private static bool Fits(long[] shape, long[] wanted, bool loosely) => shape.AsSpan().SequenceEqual(wanted)
        || loosely && shape.Length > 0 && wanted.Length > 0 && shape[0] == wanted[0] && StoredTensor.Count(shape) == StoredTensor.Count(wanted);

    private static Tensor Own(Tensor tensor, long[] shape)
    {
        using var scope = NewDisposeScope();
        Tensor dense = tensor.to(ScalarType.Float32).contiguous();
        if (!dense.shape.SequenceEqual(shape)) dense = dense.view(shape);
        // A handle of its own, so that either side may be disposed of.
        return (ReferenceEquals(dense, tensor) ? dense.alias() : dense).DetachFromDisposeScope();
    }

    /// <summary>What lies behind the one prefix where all is found that is wanted; failing that, behind the one where most is.</summary>
    private static Dictionary<string, Tensor> UnderPrefix(WeightNaming weights, IReadOnlyList<(string Name, long[] Shape)> wanted)
    {
        IReadOnlyDictionary<string, Tensor> canonical = weights.Tensors;
        var candidates = Prefixes(canonical, wanted).Select(prefix => (Prefix: prefix, Hits: wanted.Count(w => canonical.ContainsKey(prefix + w.Name)))).ToArray();
        string[] complete = [.. candidates.Where(c => c.Hits == wanted.Count).Select(c => c.Prefix)];
        if (complete.Length > 1 && complete[0].Length > 0)
            throw new CnnVisException(ErrorIds.WeightsMismatch, $"'{weights.Path}' holds the wanted weights {complete.Length} times, behind {string.Join(", ", complete.Take(Listed).Select(c => WeightErrors.Quote(c.TrimEnd('.'))))}. Say by its key which are meant: Import-CnnModel -WeightKey.", weights.Path);
        string best = candidates.OrderByDescending(c => c.Hits).ThenBy(c => c.Prefix.Length).Select(c => c.Prefix).FirstOrDefault("");
        return canonical.Where(c => c.Key.StartsWith(best, StringComparison.Ordinal)).ToDictionary(c => c.Key[best.Length..], c => c.Value, StringComparer.Ordinal);
    }

    /// <summary>None at all, then whatever stands before one of the first few wanted names: were those missing, nearly all would be.</summary>
    private static IEnumerable<string> Prefixes(IReadOnlyDictionary<string, Tensor> weights, IReadOnlyList<(string Name, long[] Shape)> wanted) =>
        wanted.Take(3).SelectMany(w => weights.Keys.Where(k => k.EndsWith("." + w.Name, StringComparison.Ordinal)).Select(k => k[..^w.Name.Length])).Prepend("").Distinct(StringComparer.Ordinal).Take(64);

    private static bool IsCounter(string name) => name == "num_batches_tracked" || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string? Part(string what, string[] names) => names.Length == 0 ? null
        : $"{names.Length} {(names.Length == 1 ? "is" : "are")} {what} ({string.Join(", ", names.Take(Listed))}{(names.Length > Listed ? $" and {names.Length - Listed} more" : "")})";
}
