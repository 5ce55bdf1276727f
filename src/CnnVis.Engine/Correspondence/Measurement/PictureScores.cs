using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>What pictures gave for one layer, one kind of features and one movement or all.</summary>
internal sealed class PictureScores
{
    private readonly List<double> _pck10 = [], _pck05 = [], _pck025 = [], _medians = [];

    /// <summary>Points of all pictures.</summary>
    public long Points { get; private set; }

    /// <summary>Adds a picture.</summary>
    public void Add(FoundScore score)
    {
        Points += score.Points;
        _pck10.Add(score.Pck10);
        _pck05.Add(score.Pck05);
        _pck025.Add(score.Pck025);
        _medians.Add(score.Median);
    }

    /// <summary>The measure; null where no picture had a point.</summary>
    public CorrespondenceMeasure? ToMeasure(Origin? origin, string model, PlacedLayer layer, CorrespondenceFeatures features, string warp, int seed)
    {
        if (_medians.Count == 0) return null;
        var (median, medianLower, medianUpper) = MedianInterval.Of([.. _medians]);
        var ten = Interval(_pck10);
        var five = Interval(_pck05);
        var quarter = Interval(_pck025);
        return new CorrespondenceMeasure
        {
            Origin = origin,
            Model = model,
            Layer = layer.Layer,
            Features = features,
            Warp = warp,
            Grid = layer.Grid,
            FieldSize = layer.FieldSize,
            Count = _medians.Count,
            Points = Points,
            MedianError = median,
            MedianErrorLower = medianLower,
            MedianErrorUpper = medianUpper,
            Pck10 = ten.Mean,
            Pck10Lower = ten.Low,
            Pck10Upper = ten.High,
            Pck05 = five.Mean,
            Pck05Lower = five.Low,
            Pck05Upper = five.High,
            Pck025 = quarter.Mean,
            Pck025Lower = quarter.Low,
            Pck025Upper = quarter.High,
        };

        (double Mean, double Low, double High) Interval(List<double> values)
        {
            double[] all = [.. values];
            var (low, high) = Bootstrap.Mean(all, seed);
            return (all.Average(), low, high);
        }
    }
}
