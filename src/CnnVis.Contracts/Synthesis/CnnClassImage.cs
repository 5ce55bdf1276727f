using System.Globalization;

namespace CnnVis;

/// <summary>A picture made to raise numbers of a network (Simonyan et al. 2013, section 2).</summary>
public sealed class CnnClassImage : SynthesizedImage
{
    /// <summary>What it was to raise.</summary>
    public required CnnObjective Objective { get; init; }

    /// <summary>Output index of the class, where the objective is one.</summary>
    public required int? ClassIndex { get; init; }

    /// <summary>Name of the class; null where the objective is none.</summary>
    public required string? Class { get; init; }

    /// <summary>How it was made.</summary>
    public required ClassImageMethod Method { get; init; }

    /// <summary>What the objective says of the picture; of a class the score before the Softmax. Of one that Ctrl+C ended, the one of <see cref="Scores"/> that goes with it: nobody is asked again then.</summary>
    public required float Score { get; init; }

    /// <summary>What it said of the picture that it began as.</summary>
    public required float StartScore { get; init; }

    /// <summary>The score before each step, and after the last, as the network saw the picture under the transformations.</summary>
    public required float[] Scores { get; init; }

    /// <summary>Probability of the class; null where there is none, or Ctrl+C ended the work.</summary>
    public required float? Probability { get; init; }

    /// <summary>The class that the network takes the picture for; null where the network has no classes, or Ctrl+C ended the work.</summary>
    public required string? Predicted { get; init; }

    /// <summary>Probability of <see cref="Predicted"/>.</summary>
    public required float? PredictedProbability { get; init; }

    /// <summary>Mean score of shifted copies; null where Ctrl+C ended the work.</summary>
    public required float? JitterScore { get; init; }

    /// <summary>Share of shifted copies that the network takes for the class; null where there is none, or Ctrl+C ended the work.</summary>
    public required double? JitterAgreement { get; init; }

    /// <summary>The largest score of the real pictures of <c>-Reference</c>; null without.</summary>
    public required float? ReferenceMaximum { get; init; }

    /// <summary>The file of that picture.</summary>
    public required string? ReferencePath { get; init; }

    /// <summary>Alias of the layer whose channel, neuron or direction it is to raise; null where that is none.</summary>
    public string? Layer => Objective.Terms is [{ Layer: { } layer }] ? layer : null;

    /// <summary>The channel of the layer; null where that is none.</summary>
    public int? Channel => Objective.Terms is [{ Channel: { } channel }] ? channel : null;

    private protected override CnnQuestion? Question => ClassIndex is { } index ? CnnQuestion.OfClass(index)
        : Objective.Terms is [{ Number: { } number }] ? new CnnQuestion { Number = number }
        : Objective.Terms is [{ Layer: { } layer } term] ? new CnnQuestion { Layer = layer, Channels = term.Channel is { } channel ? [channel] : null, Row = term.Row, Column = term.Column, Direction = term.Direction }
        : null;

    /// <summary>Pictures whose pixels were moved stay near the network's mean, and the papers show them stretched.</summary>
    private protected override PictureContrast UsualContrast => Method == ClassImageMethod.Lucid ? PictureContrast.Plain : PictureContrast.Stretched;

    private protected override string PictureName => $"{Objective} (class image, seed {Seed})";

    /// <inheritdoc/>
    protected override string Caption => string.Create(CultureInfo.InvariantCulture, $"{Objective} · {(Probability is { } p ? $"{p:P0}" : $"{Score:G4}")}");
}
