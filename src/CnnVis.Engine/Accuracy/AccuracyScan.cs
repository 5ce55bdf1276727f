using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Accuracy;

/// <summary>Looks at labelled pictures: what a network says of each.</summary>
public sealed class AccuracyScan
{
    private readonly Network _network;
    private readonly AccuracyQuery _query;
    private readonly EvenPasses? _even;
    private readonly bool _together; // labels may hold together

    /// <param name="network">Who is asked.</param>
    /// <param name="query">What is gathered.</param>
    /// <param name="evenSize">So many pictures a pass, whatever comes, so that no number depends on which come together; null for as they come.</param>
    /// <param name="cancellation">Ends the look for an even size.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes.</exception>
    public AccuracyScan(Network network, AccuracyQuery query, int? evenSize = null, CancellationToken cancellation = default)
    {
        (_network, _query) = (network, query);
        network.Answers.NeedClasses(network.Name, "accuracy");
        _together = network.Answer == AnswerKind.Labels;
        if (evenSize is { } size) _even = new EvenPasses(network, [network.Answers.Probabilities], size, cancellation);
    }

    /// <summary>What makes accuracy of answers.</summary>
    public AccuracyContext Context => new([.. _network.Classes], _query.K);

    /// <summary>What the network says of the readable pictures of a batch.</summary>
    public IReadOnlyList<FoundAnswer> Look(ImageBatch batch, IReadOnlyList<ListedImage> images, CancellationToken cancellation)
    {
        if (batch.Pixels is not { } pixels) return [];
        FoundAnswer[] found = [.. images.Select(i => new FoundAnswer(Labels(i)))];
        int[] counted = [.. Enumerable.Range(0, images.Count).Where(i => found[i].Labels.Length > 0 || _together && HasNone(images[i]))];
        if (counted.Length == 0) return found;
        float[] probabilities = Probabilities(batch, pixels, cancellation); // [N, classes]
        string[] paths = [.. counted.Select(i => images[i].Path)];
        IReadOnlyList<IReadOnlyDictionary<string, object?>> attributes = _query.Values(paths, cancellation);
        int classes = _network.Classes.Count;
        for (int i = 0; i < counted.Length; i++) found[counted[i]] = Judged(images[counted[i]].Path, found[counted[i]].Labels, probabilities.AsSpan(counted[i] * classes, classes), attributes[i]);
        return found;
    }

    private float[] Probabilities(ImageBatch batch, Tensor pixels, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return (_even?.Run(pixels, cancellation)[0] ?? batch.Answers ?? _network.Forward(pixels, [_network.Answers.Probabilities], cancellation)[0]).flatten(1).ToFloats();
    }

    /// <summary>Whether somebody says of a picture that it has no label.</summary>
    private static bool HasNone(ListedImage image) => image.Label is { } text && LabelSets.Split(text).Length == 0;

    /// <summary>Output indices of what a picture shows; none where nobody knows.</summary>
    private int[] Labels(ListedImage image)
    {
        if (image.Label is null)
        {
            _query.Failed(new CnnVisException(ErrorIds.ClassNotFound, $"Nothing says what '{image.Path}' shows, and it does not count. Give a label by -Label, -LabelPath or -LabelPattern, or by its folder.", image.Path));
            return [];
        }
        return [.. LabelSets.Split(image.Label).Select(l => _query.Names.Find(l, _query.Failed, image.Path)).OfType<int>().Distinct()];
    }

    private FoundAnswer Judged(string path, int[] labels, ReadOnlySpan<float> probabilities, IReadOnlyDictionary<string, object?> attributes)
    {
        int best = 0;
        double entropy = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best]) best = i;
            entropy += Surprise(probabilities[i]) + (_together ? Surprise(1 - probabilities[i]) : 0);
        }
        double confidence = probabilities[best];
        int rank = labels.Length == 0 ? 0 : Rank(labels, probabilities);
        var all = WithAnswer(attributes, confidence, entropy);
        return new FoundAnswer(labels, best, confidence, rank, entropy, _query.Localized(path) is { } localized ? localized && rank <= _query.K : null,
            all.Count == 0 ? null : all.ToDictionary(a => a.Key, a => FoundAnswer.Stored(a.Value)), _together ? probabilities.ToArray() : null);
    }

    /// <summary>Of the most probable of the right classes.</summary>
    private static int Rank(int[] labels, ReadOnlySpan<float> probabilities)
    {
        int label = labels[0], rank = 1;
        foreach (int other in labels)
            if (probabilities[other] > probabilities[label] || probabilities[other] == probabilities[label] && other < label) label = other;
        for (int i = 0; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[label] || probabilities[i] == probabilities[label] && i < label) rank++;
        return rank;
    }

    /// <summary>The attributes that are the network's: they diagnose, and are no causes.</summary>
    private Dictionary<string, object?> WithAnswer(IReadOnlyDictionary<string, object?> attributes, double confidence, double entropy)
    {
        var all = new Dictionary<string, object?>(attributes, StringComparer.OrdinalIgnoreCase);
        foreach (string name in _query.Attributes)
        {
            if (name.Equals("Confidence", StringComparison.OrdinalIgnoreCase)) all[name] = confidence;
            else if (name.Equals("PredictionEntropy", StringComparison.OrdinalIgnoreCase)) all[name] = entropy;
        }
        return all;
    }

    private static double Surprise(float probability) => probability > 0 ? -probability * Math.Log2(probability) : 0;
}
