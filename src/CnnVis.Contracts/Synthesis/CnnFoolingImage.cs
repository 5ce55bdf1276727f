using System.Globalization;

namespace CnnVis;

/// <summary>A picture that shows nothing of a class to us, and that a network is certain about.</summary>
public sealed class CnnFoolingImage : SynthesizedImage
{
    /// <summary>Output index of the class; null where none was asked for and Ctrl+C ended the work.</summary>
    public required int? ClassIndex { get; init; }

    /// <summary>Name of the class.</summary>
    public required string? Class { get; init; }

    /// <summary>Probability of the class.</summary>
    public required float Confidence { get; init; }

    /// <summary>Probability of the class for the picture rounded to 8 bits, as <see cref="SynthesizedImage.Image"/> holds it; null where Ctrl+C ended the work.</summary>
    public required float? RoundedConfidence { get; init; }

    /// <summary>Alias of the layer that gives the class's score; null where that is no layer of its own.</summary>
    public required string? Layer { get; init; }

    /// <summary>The class's channel in that layer.</summary>
    public int? Channel => Layer is null ? null : ClassIndex;

    /// <summary>The confidence that was wanted.</summary>
    public required double Wanted { get; init; }

    /// <summary>Whether it was reached.</summary>
    public bool IsReached => Confidence >= Wanted;

    /// <summary>How it was made.</summary>
    public required FoolingMethod Method { get; init; }

    /// <summary>What it began as, in words.</summary>
    public required string Start { get; init; }

    /// <summary>Pictures that were shown to the network until then.</summary>
    public required long Evaluations { get; init; }

    private protected override CnnQuestion? Question => ClassIndex is { } index ? CnnQuestion.OfClass(index) : null;

    private protected override string PictureName => $"{Class ?? "nothing"} (fooling image, seed {Seed})";

    /// <inheritdoc/>
    protected override string Caption => string.Create(CultureInfo.InvariantCulture, $"{Class} {Confidence:P1}");
}
