using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Corruptions;

public sealed class CorruptionSummariesTests
{
    [Fact]
    public void ConstantModelsHaveKnownErrors()
    {
        CorruptionBaseline alexnet = AlexNetErrors.Baseline;
        Assert.Equal(15, alexnet.Errors.Count);
        Assert.Equal(.78899, alexnet.Errors.Values.Average(), 5);
        Assert.Equal(100, CorruptionSummaries.MeanCorruptionError(alexnet.Errors, alexnet), 9);
        Assert.Equal(129.35, CorruptionSummaries.MeanCorruptionError(alexnet.Errors.ToDictionary(e => e.Key, _ => 1.0), alexnet), 2);
        Assert.Equal(64.67, CorruptionSummaries.MeanCorruptionError(alexnet.Errors.ToDictionary(e => e.Key, _ => 0.5), alexnet), 2);
    }

    [Fact]
    public void SeveritiesAreAddedUp()
    {
        // Half wrong throughout, and right about all as they are.
        CorruptionMeasure[] measures = [.. CorruptionMethods.Everything.SelectMany(c => Enumerable.Range(1, 5).Select(s => new CorruptionMeasure
        {
            Model = "net",
            Corruption = c.Name,
            Family = c.Family,
            Severity = s,
            Accuracy = BinomialBound.Rate(c.Family == "Extra" ? 100 : 50, 100),
            CleanAccuracy = BinomialBound.Rate(100, 100),
        }))];
        CorruptionRobustness found = CorruptionSummaries.Of(measures, AlexNetErrors.Baseline, 224, 85);
        Assert.Equal(64.67, found.MeanCorruptionError!.Value, 2);
        Assert.Equal((0.5, 0.5), (found.MeanError, found.MeanRetention)); // the extras do not count
        Assert.Equal(100 * AlexNetErrors.Baseline.Errors.Values.Average(e => 0.5 / (e - 0.435)), found.RelativeMeanCorruptionError!.Value, 9);
        Assert.Null(CorruptionSummaries.Of(measures, null, 64, null).MeanCorruptionError);
        Assert.True(CnnVis.Engine.Drawing.SheetRenderer.Render(found, DrawOptions.Default).Width > 600);
    }
}
