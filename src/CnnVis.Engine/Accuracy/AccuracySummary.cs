using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy;

/// <summary>Counts what a pass over labelled pictures gathered.</summary>
public static class AccuracySummary
{
    /// <summary>Accuracy of all pictures, and by class.</summary>
    /// <param name="record">What was gathered.</param>
    public static CnnAccuracy Of(AccuracyRecord record)
    {
        IReadOnlyList<ClassifiedImage> images = record.Images;
        ILookup<int, ClassifiedImage> saidOf = images.ToLookup(i => i.PredictedIndex);
        ConfusionMatrix confusion = Confusion(images, record.Classes);
        ClassAccuracy[] classes = [.. images.GroupBy(i => i.LabelIndices[0]).OrderBy(g => g.Key).Select(g => Class(g.Key, [.. g], record, saidOf))];
        ClassifiedImage[] boxed = [.. images.Where(i => i.IsLocalized is not null)];
        var accuracy = new CnnAccuracy
        {
            Model = record.Model,
            UnlabeledCount = record.UnlabeledCount,
            FailedCount = record.FailedCount,
            Top1 = Rate(images, i => i.IsCorrect),
            TopK = Rate(images, i => i.Rank <= record.K),
            K = record.K,
            Localization = boxed.Length == 0 ? null : Rate(boxed, i => i.IsLocalized == true),
            MeanClassAccuracy = classes.Length == 0 ? double.NaN : classes.Average(c => c.Top1.Share),
            Calibration = Calibrations.Of(images),
            Confusion = confusion,
            Classes = classes,
            Images = images.ToArray(),
        };
        return record.Judged.Count == 0 ? accuracy : LabelSummary.Of(accuracy, record);
    }

    private static RateEstimate Rate(IReadOnlyCollection<ClassifiedImage> images, Func<ClassifiedImage, bool> isRight) => BinomialBound.Rate(images.Count(isRight), images.Count);

    private static ClassAccuracy Class(int index, ClassifiedImage[] shown, AccuracyRecord record, ILookup<int, ClassifiedImage> saidOf)
    {
        ClassifiedImage[] said = [.. saidOf[index]];
        return new ClassAccuracy
        {
            Index = index,
            Name = record.Classes[index],
            Top1 = Rate(shown, i => i.IsCorrect),
            TopK = Rate(shown, i => i.Rank <= record.K),
            PredictedCount = said.Length,
            Precision = said.Length == 0 ? double.NaN : (double)said.Count(i => i.IsCorrect) / said.Length,
            ConfusedWith = shown.Where(i => !i.IsCorrect).GroupBy(i => i.PredictedIndex).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => record.Classes[g.Key]).FirstOrDefault(),
        };
    }

    /// <summary>Of the classes that are shown or said; a picture with several right labels of which one was said stands in that one's row.</summary>
    private static ConfusionMatrix Confusion(IReadOnlyList<ClassifiedImage> images, IReadOnlyList<string> names)
    {
        (int Shown, int Said)[] pairs = [.. images.Select(i => (i.IsCorrect ? i.PredictedIndex : i.LabelIndices[0], i.PredictedIndex))];
        int[] classes = [.. pairs.SelectMany(p => new[] { p.Shown, p.Said }).Distinct().Order()];
        var places = classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
        int[][] counts = [.. classes.Select(_ => new int[classes.Length])];
        foreach (var (shown, said) in pairs) counts[places[shown]][places[said]]++;
        return new ConfusionMatrix { Classes = classes.Select(c => names[c]).ToArray(), Counts = counts, Order = ConfusionOrder.Of(counts) };
    }
}
