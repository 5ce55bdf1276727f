using System.Text.Json;

namespace CnnVis.Engine.Scans;

/// <summary>What a pass over pictures asks, and whom: runs, shards and checkpoints of different questions do not mix.</summary>
/// <param name="Kind">What is gathered, as <c>Codes</c>.</param>
/// <param name="Model">The network's name; empty where none is asked.</param>
/// <param name="ModelHash">Hash of it, and of all others that are asked.</param>
/// <param name="Asked">Everything that changes the answer, by name.</param>
/// <param name="Context">What makes results of what was gathered, without the network; an object of the kind's own.</param>
public sealed record ScanQuestion(string Kind, string Model, string ModelHash, IReadOnlyDictionary<string, string> Asked, JsonElement Context)
{
    /// <summary>The context as data.</summary>
    /// <exception cref="JsonException">It is another.</exception>
    public T ContextAs<T>() where T : class => Context.Deserialize<T>(ScanJson.Options) ?? throw new JsonException("its question is impossible");

    /// <summary>How another question differs; null where it does not.</summary>
    internal string? Difference(ScanQuestion other)
    {
        if (Kind != other.Kind) return $"another kind ({other.Kind} instead of {Kind})";
        if (ModelHash != other.ModelHash) return $"another network ({other.Model}, or other weights of it)";
        string[] names = [.. Asked.Keys.Union(other.Asked.Keys).Where(name => Asked.GetValueOrDefault(name) != other.Asked.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? $"another question: {string.Join(", ", names.Select(n => $"-{n}"))} differ{(names.Length == 1 ? "s" : "")}"
            : !JsonElement.DeepEquals(Context, other.Context) ? "another question" : null;
    }

    /// <summary>A question; names are put into order.</summary>
    /// <param name="kind">What is gathered.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="modelHash">Hash of it.</param>
    /// <param name="asked">Everything that changes the answer.</param>
    /// <param name="context">What makes results of what was gathered.</param>
    public static ScanQuestion Of<T>(string kind, string model, string modelHash, IEnumerable<KeyValuePair<string, string>> asked, T context) =>
        new(kind, model, modelHash, new SortedDictionary<string, string>(asked.ToDictionary(a => a.Key, a => a.Value), StringComparer.Ordinal), JsonSerializer.SerializeToElement(context, ScanJson.Options));
}
