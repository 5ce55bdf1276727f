using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>What a picture gave, as data: a score for each layer, kind of features and movement.</summary>
public sealed record FoundScores(FoundScore[] Scores)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundScores> Kind { get; } = new("CorrespondenceScores", (merged, pictures, origin, _) => Results(merged.Question, pictures, origin));

    private static IEnumerable<object> Results(ScanQuestion question, IEnumerable<(ListedImage Image, FoundScores Value)> pictures, Origin? origin)
    {
        var summary = new CorrespondenceSummary(question.Model, question.ContextAs<CorrespondenceContext>(), origin);
        foreach (var (_, value) in pictures) summary.Add(value);
        return summary.Results;
    }
}

/// <summary>What a picture gave for one layer, one kind of features and one movement.</summary>
/// <param name="Layer">Which layer.</param>
/// <param name="Features">Which features.</param>
/// <param name="Warp">Which movement; −1 for all together.</param>
/// <param name="Points">Units that were asked; at least 1.</param>
/// <param name="Pck10">Share of them whose match is at most a tenth of the picture's longer side from where it should be.</param>
/// <param name="Pck05">The same for a twentieth.</param>
/// <param name="Pck025">The same for a fortieth.</param>
/// <param name="Median">Median error, in input pixels.</param>
public sealed record FoundScore(int Layer, CorrespondenceFeatures Features, int Warp, int Points, double Pck10, double Pck05, double Pck025, double Median);

/// <summary>What makes measures of scores.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Warps">The movements.</param>
/// <param name="Seed">Of the intervals.</param>
/// <param name="IsPlot">Whether one object that can be drawn is given.</param>
public sealed record CorrespondenceContext(PlacedLayer[] Layers, string[] Warps, int Seed, bool IsPlot);

/// <summary>A layer whose units have places.</summary>
/// <param name="Layer">Its alias.</param>
/// <param name="Grid">Where its units look.</param>
/// <param name="FieldSize">Input pixels that a unit sees, a side.</param>
public sealed record PlacedLayer(string Layer, UnitGrid Grid, int FieldSize);
