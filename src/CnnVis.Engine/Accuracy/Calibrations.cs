using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy;

/// <summary>Compares how sure a network is with how often it is right.</summary>
public static class Calibrations
{
    private const int MostBins = 15, FewestImages = 10;

    /// <summary>Bins of about equally many pictures, at most 15 and of ten or more; pictures of one probability lie in one bin (Nixon et al., CVPR workshops 2019).</summary>
    public static CnnCalibration Of(IReadOnlyCollection<ClassifiedImage> images)
    {
        ClassifiedImage[] sorted = [.. images.OrderBy(i => i.Probability)];
        int count = Math.Clamp(sorted.Length / FewestImages, 1, MostBins);
        List<CalibrationBin> bins = [];
        for (int first = 0, bin = 0; first < sorted.Length; bin++)
        {
            int end = Math.Max(first + 1, (int)((bin + 1L) * sorted.Length / count));
            while (end < sorted.Length && sorted[end].Probability == sorted[end - 1].Probability) end++;
            ClassifiedImage[] inside = sorted[first..end];
            bins.Add(new CalibrationBin(inside[0].Probability, inside[^1].Probability, inside.Average(i => i.Probability), BinomialBound.Rate(inside.Count(i => i.IsCorrect), inside.Length)));
            first = end;
        }
        return new CnnCalibration
        {
            Bins = bins.ToArray(),
            ExpectedError = bins.Sum(b => Gap(b) * b.Accuracy.Total) / Math.Max(1, sorted.Length),
            MaximumError = bins.Select(Gap).DefaultIfEmpty(0).Max(),
            Overconfidence = sorted.Length == 0 ? double.NaN : sorted.Average(i => i.Probability - (i.IsCorrect ? 1 : 0)),
        };

        static double Gap(CalibrationBin bin) => Math.Abs(bin.Accuracy.Share - bin.Confidence);
    }
}
