namespace CnnVis;

/// <summary>The one number of a network that a saliency map explains: the score of a class, or a single neuron.</summary>
/// <param name="ClassIndex">Output index of the class; null for a neuron.</param>
/// <param name="Class">Name of the class; null for a neuron.</param>
/// <param name="Layer">Alias of the neuron's layer; null for a class.</param>
/// <param name="Channel">Channel of the neuron; null for a class.</param>
/// <param name="Row">Row of the neuron in its map; null for a class, and where the layer has no rows.</param>
/// <param name="Column">Column of the neuron in its map, likewise.</param>
public sealed record SaliencyTarget(int? ClassIndex, string? Class, string? Layer = null, int? Channel = null, int? Row = null, int? Column = null)
{
    /// <summary>The number as <c>-Target</c> wrote it; null for a class or a neuron.</summary>
    public string? Number { get; init; }

    /// <summary>The same as a question.</summary>
    internal CnnQuestion? Question => Number is not null ? new CnnQuestion { Number = Number }
        : ClassIndex is { } index ? CnnQuestion.OfClass(index)
        : Layer is not null && Channel is { } channel ? CnnQuestion.OfLayer(Layer, channel) with { Row = Row, Column = Column }
        : null;

    /// <summary>The class's name, the number, or the neuron as in <c>conv5:12 (3, 4)</c>.</summary>
    public override string ToString() => Number ?? Class ?? (Row is null ? $"{Layer}:{Channel}" : $"{Layer}:{Channel} ({Row}, {Column})");
}
