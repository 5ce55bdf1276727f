using System.Globalization;

namespace CnnVis;

/// <summary>A number of a network, with a weight.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Weight">How much it counts; below zero to lower it.</param>
public sealed record CnnObjectiveTerm(CnnObjectiveKind Kind, double Weight)
{
    /// <summary>Name or index of the class.</summary>
    public string? Class { get; init; }

    /// <summary>The number, as targets are written.</summary>
    public string? Number { get; init; }

    /// <summary>Name or alias of the layer.</summary>
    public string? Layer { get; init; }

    /// <summary>The channel.</summary>
    public int? Channel { get; init; }

    /// <summary>Row of the neuron; null for a fully connected layer's.</summary>
    public int? Row { get; init; }

    /// <summary>Column of the neuron.</summary>
    public int? Column { get; init; }

    /// <summary>The direction: a number a channel, or one a value of the layer.</summary>
    public CnnValues? Direction { get; init; }

    /// <summary>The picture's file.</summary>
    public string? Path { get; init; }

    /// <summary>In words, without the weight.</summary>
    public string Name => Kind switch
    {
        CnnObjectiveKind.Class => Class!,
        CnnObjectiveKind.Number => Number!,
        CnnObjectiveKind.Channel => $"{Layer}:{Channel}",
        CnnObjectiveKind.Neuron => $"{Layer}:{Channel} ({Row}, {Column})",
        CnnObjectiveKind.Direction => $"{Layer} direction",
        CnnObjectiveKind.Layer => $"{Layer}",
        _ => $"{Layer} of {System.IO.Path.GetFileName(Path)}",
    };

    /// <summary>In words, as in <c>0.5 × relu5:3</c>.</summary>
    public override string ToString() => Weight == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Weight:G4} × {Name}");
}
