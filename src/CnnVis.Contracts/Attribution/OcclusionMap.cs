namespace CnnVis;

/// <summary>
/// What a network says of one picture and one class while an occluder moves over the picture (Zeiler and Fergus 2013, section 4.2 and
/// figure 7). Positions are counted row by row; places are those of the network's input, from the top left.
/// </summary>
public sealed partial class OcclusionMap : ICnnResult
{
    /// <summary>The image file.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The class's name.</summary>
    public required string Class { get; init; }

    /// <summary>The class's output index.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>What the scores are; null where they are no class's.</summary>
    public required ClassScore? ScoreKind { get; init; }

    /// <summary>Score of the picture as it is, f(x).</summary>
    public required float Score { get; init; }

    /// <summary>What the occluder shows, as it was asked for.</summary>
    public required string Baseline { get; init; }

    /// <summary>Rows of the network's input.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Columns of the network's input.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Positions from top to bottom.</summary>
    public required int Rows { get; init; }

    /// <summary>Positions from left to right.</summary>
    public required int Columns { get; init; }

    /// <summary>Place of the occluder at each position, in pixels of the network's input; the last of a row or column may be smaller.</summary>
    public required CnnItems<PixelBox> Windows { get; init; }

    /// <summary>Score at each position, f(occluded): [rows, columns] (figure 7d).</summary>
    public required CnnValues Scores { get; init; }

    /// <summary>For each position, whether the network was asked; elsewhere, with <c>-Refine</c>, scores and totals are interpolated and the most probable class is the nearest computed position's: [rows, columns].</summary>
    public required CnnItems<bool> Computed { get; init; }

    /// <summary>Positions at which the network was asked.</summary>
    public int ComputedCount => Computed.ToArray().Count(c => c);

    /// <summary>Largest difference of computed scores around positions that were not computed, below the threshold of <c>-Refine</c>; null where all were. An estimate of what interpolation loses, and no bound: a score may move between two that are alike.</summary>
    public required float? LargestUnrefinedDifference { get; init; }

    /// <summary>Mean of f(x) − f(occluded) over the windows that cover a pixel: [input height, input width]. Positive where the class needs the pixel.</summary>
    public required CnnValues Attribution { get; init; }

    /// <summary>Output index of the most probable class at each position: [rows, columns] (figure 7e).</summary>
    public required CnnItems<int> MostProbable { get; init; }

    /// <summary>Their names.</summary>
    public required CnnItems<string> MostProbableNames { get; init; }

    /// <summary>Layers that were asked for (figure 7b).</summary>
    public required IReadOnlyList<OcclusionLayer> Layers { get; init; }

    /// <summary>The part of the original photo that the network sees; its sides are a whole multiple of the input's.</summary>
    public required PixelImage Photo { get; init; }

    /// <summary>Lowest of <see cref="Scores"/>.</summary>
    public float LowestScore => Scores.Minimum;

    /// <summary>Where the occluder costs the class most; the first such place.</summary>
    public PixelBox LowestWindow => Windows[Array.IndexOf(Scores.ToArray(), LowestScore)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Class} in {VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Score:G4}, {LowestScore:G4} at worst");

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => IsNumber ? new CnnQuestion { Number = Class } : CnnQuestion.OfClass(ClassIndex);

    /// <summary>Whether <see cref="Class"/> is a number as <c>-Target</c> wrote it.</summary>
    internal bool IsNumber { get; init; }

    internal Origin? Origin { get; init; }
}
