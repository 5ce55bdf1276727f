namespace CnnVis;

/// <summary>What a result is about, so that the next cmdlet can ask it again.</summary>
public sealed record CnnQuestion
{
    /// <summary>Output index of a class; null for none.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>Name or index of a class, where the index is not known; null for none.</summary>
    public string? Class { get; init; }

    /// <summary>A number as <c>-Target</c> takes it; null for none.</summary>
    public string? Number { get; init; }

    /// <summary>A layer, by alias; null for none.</summary>
    public string? Layer { get; init; }

    /// <summary>Channels of the layer; null where the layer as a whole is meant.</summary>
    public IReadOnlyList<int>? Channels { get; init; }

    /// <summary>Row of a neuron; null for wherever its channel is strongest.</summary>
    public int? Row { get; init; }

    /// <summary>Column of a neuron.</summary>
    public int? Column { get; init; }

    /// <summary>A direction in the layer; null for none.</summary>
    public float[]? Direction { get; init; }

    /// <summary>Whether the same is asked.</summary>
    public bool Equals(CnnQuestion? other) => other is not null
        && (ClassIndex, Class, Number, Layer, Row, Column) == (other.ClassIndex, other.Class, other.Number, other.Layer, other.Row, other.Column)
        && (Channels ?? []).SequenceEqual(other.Channels ?? []) && (Direction ?? []).SequenceEqual(other.Direction ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ClassIndex, Class, Number, Layer, Channels?.Count, Row, Column, Direction?.Length);

    /// <summary>A class.</summary>
    public static CnnQuestion OfClass(int index) => new() { ClassIndex = index };

    /// <summary>A layer, or channels of it.</summary>
    /// <param name="layer">Its alias.</param>
    /// <param name="channels">The channels; none for the layer as a whole.</param>
    public static CnnQuestion OfLayer(string layer, params IReadOnlyList<int> channels) => new() { Layer = layer, Channels = channels.Count > 0 ? channels : null };
}
