namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>Puts together what pictures gave.</summary>
/// <param name="model">The network's name.</param>
/// <param name="context">What makes measures of scores.</param>
/// <param name="origin">The network; null where it is not here.</param>
public sealed class CorrespondenceSummary(string model, CorrespondenceContext context, Origin? origin)
{
    private readonly Dictionary<(int Layer, CorrespondenceFeatures Features, int Warp), PictureScores> _scores = []; // warp −1: all

    /// <summary>What was measured, by movement (all together last), layer and features.</summary>
    public CorrespondenceMeasure[] Measures => [.. _scores.OrderBy(s => s.Key.Warp < 0 ? int.MaxValue : s.Key.Warp).ThenBy(s => s.Key.Layer).ThenBy(s => s.Key.Features)
        .Select(s => s.Value.ToMeasure(origin, model, context.Layers[s.Key.Layer], s.Key.Features, s.Key.Warp < 0 ? "all" : context.Warps[s.Key.Warp], context.Seed)).OfType<CorrespondenceMeasure>()];

    /// <summary>What a cmdlet gives: the measures, or one object that has them all.</summary>
    public IReadOnlyList<object> Results => Measures is { Length: > 0 } measures && context.IsPlot ? [new CorrespondencePlot { Measures = measures }] : Measures;

    /// <summary>Adds a picture.</summary>
    public void Add(FoundScores found)
    {
        foreach (FoundScore score in found.Scores)
        {
            var key = (score.Layer, score.Features, score.Warp);
            if (!_scores.TryGetValue(key, out PictureScores? scores)) _scores[key] = scores = new PictureScores();
            scores.Add(score);
        }
    }
}
