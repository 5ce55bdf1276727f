using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Accuracy;

/// <summary>Gathers what a network says of labelled pictures.</summary>
/// <param name="model">The network's name.</param>
/// <param name="context">What makes accuracy of answers.</param>
public sealed class AccuracyGathering(string model, AccuracyContext context)
{
    private readonly List<ClassifiedImage> _images = [];
    private readonly List<JudgedLabels> _judged = [];
    private int _unlabeled;

    /// <summary>Takes in what was found of a picture.</summary>
    public void Add(ListedImage image, FoundAnswer found)
    {
        if (found.Probabilities is { } probabilities) _judged.Add(new JudgedLabels(found.Labels, probabilities));
        if (found.Labels.Length > 0) _images.Add(found.ToImage(image, context.Classes));
        else if (found.Probabilities is null) _unlabeled++;
    }

    /// <summary>What was gathered.</summary>
    /// <param name="state">How far the pass is.</param>
    public AccuracyRecord Record(ScanState state) => new(model, context.Classes, context.K, state.ListedCount, state.FailedCount, _unlabeled, _images, _judged);
}
