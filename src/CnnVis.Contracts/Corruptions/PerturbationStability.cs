namespace CnnVis;

/// <summary>How steady a network's answer is while pictures change little by little (ImageNet-P, Hendrycks and Dietterich 2019, section 4.2). Nothing is divided by AlexNet's numbers.</summary>
public sealed record PerturbationStability : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>What changes.</summary>
    public required string Perturbation { get; init; }

    /// <summary>Pictures.</summary>
    public required int Count { get; init; }

    /// <summary>Frames of each picture.</summary>
    public required int Frames { get; init; }

    /// <summary>FP: share of the frames whose most probable class is another than that of the frame before; of noise, than that of the picture without.</summary>
    public required double FlipRate { get; init; }

    /// <summary>Lower end of its 95 % interval, by drawing pictures again.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>T5D: how far the five most probable classes move in the order, from a frame to the next, ranks beyond the sixth counting as that.</summary>
    public required double TopFiveDistance { get; init; }

    Origin? ICnnResult.Origin => Origin;

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Perturbation}: {100 * FlipRate:F1} % flips [{100 * Lower:F1}, {100 * Upper:F1}]");
}
