namespace CnnVis.Engine.Tests.Accuracy;

/// <summary>Pictures as a network might have judged them.</summary>
internal static class Trials
{
    public static ClassifiedImage Of(int number, int shown, int said, double probability = 0.5, int? rank = null, params (string Name, object? Value)[] attributes) => new()
    {
        Index = number,
        Path = $"{number:00000}.png",
        Labels = [$"c{shown}"],
        LabelIndices = [shown],
        Predicted = $"c{said}",
        PredictedIndex = said,
        Probability = probability,
        Rank = rank ?? (shown == said ? 1 : 2),
        Entropy = 1,
        Attributes = attributes.ToDictionary(a => a.Name, a => a.Value, StringComparer.OrdinalIgnoreCase),
    };

    public static CnnAccuracy Summary(IReadOnlyList<ClassifiedImage> images, int classes = 10, int k = 5) => CnnVis.Engine.Accuracy.AccuracySummary.Of(
        new("net", [.. Enumerable.Range(0, classes).Select(i => $"c{i}")], k, images.Count, 0, 0, images, []));
}
