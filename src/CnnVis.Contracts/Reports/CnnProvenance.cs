using System.Runtime.CompilerServices;

namespace CnnVis;

/// <summary>How a result came about: the command that gave it, with what it was told. It stays with the object for as long as that lives, whatever variables and pipelines it goes through.</summary>
public sealed record CnnProvenance
{
    private static readonly ConditionalWeakTable<object, CnnProvenance> _known = [];

    /// <summary>The cmdlet.</summary>
    public required string Command { get; init; }

    /// <summary>The line that it stands on, as it was typed.</summary>
    public required string Line { get; init; }

    /// <summary>What stands on its command line: names of parameters, and values as text, numbers or truths; of what is none of these what it is called.</summary>
    public required IReadOnlyDictionary<string, object?> Parameters { get; init; }

    /// <summary>Whether all parameters are given by such values, so that they can be given again.</summary>
    public required bool IsRepeatable { get; init; }

    /// <summary>Whether objects came down the pipeline to it.</summary>
    public required bool HasInput { get; init; }

    /// <summary>Seed of its random numbers; null where it has none.</summary>
    public required int? Seed { get; init; }

    /// <summary>Version of CnnVis.</summary>
    public required string Version { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The networks that it asked.</summary>
    public IList<CnnModel> Models { get; } = [];

    /// <summary>How an object came about; null where nobody knows.</summary>
    public static CnnProvenance? Of(object result) => _known.TryGetValue(result, out CnnProvenance? known) ? known : null;

    /// <summary>Notes how an object came about. Of objects that several commands give, as networks and layers, the last counts.</summary>
    public static void Note(object result, CnnProvenance provenance) => _known.AddOrUpdate(result, provenance);

    /// <inheritdoc/>
    public override string ToString() => Line;
}
