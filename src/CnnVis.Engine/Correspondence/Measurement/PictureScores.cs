using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>What pictures gave for one layer, one kind of features and one movement or all.</summary>
/// <param name="side">Longer side of the pictures, in input pixels.</param>
internal sealed class PictureScores(int side)
{
    private readonly List<double> _pck10 = [], _pck05 = [], _pck025 = [], _medians = [];

    /// <summary>Points of all pictures.</summary>
    public long Points { get; private set; }

    /// <summary>Adds a picture. One without points says nothing.</summary>
    public void Add(PointErrors errors)
    {
        if (errors.Count == 0) return;
        Points += errors.Count;
        _pck10.Add(errors.Within(0.1 * side));
        _pck05.Add(errors.Within(0.05 * side));
        _pck025.Add(errors.Within(0.025 * side));
        _medians.Add(errors.Median);
    }

    /// <summary>The measure; null where no picture had a point.</summary>
    public CorrespondenceMeasure? ToMeasure(CnnLayer layer, UnitGrid grid, CorrespondenceFeatures features, string warp, int seed)
    {
        if (_medians.Count == 0) return null;
        var (median, medianLower, medianUpper) = MedianInterval.Of([.. _medians]);
        var ten = Interval(_pck10);
        var five = Interval(_pck05);
        var quarter = Interval(_pck025);
        return new CorrespondenceMeasure
        {
            Origin = layer.Origin,
            Model = layer.Model,
            Layer = layer.Alias,
            Features = features,
            Warp = warp,
            Grid = grid,
            FieldSize = layer.ReceptiveField!.Size,
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
