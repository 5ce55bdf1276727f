using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Accuracy;

/// <summary>One pass over labelled pictures that keeps what a network says of each.</summary>
public sealed class AccuracyScan : IScanJob
{
    private readonly Network _network;
    private readonly AccuracyQuery _query;
    private readonly List<ClassifiedImage> _images = [];
    private readonly Lazy<string> _networkHash;
    private int _unlabeled;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes.</exception>
    public AccuracyScan(Network network, AccuracyQuery query, CancellationToken cancellation = default)
    {
        (_network, _query) = (network, query);
        network.Answers.NeedClasses(network.Name, "accuracy");
        _networkHash = new Lazy<string>(() => NetworkHash.Of(network, cancellation));
    }

    /// <inheritdoc/>
    public void Look(ImageBatch batch, IReadOnlyList<ListedImage> images, CancellationToken cancellation)
    {
        if (batch.Pixels is not { } pixels) return;
        int[]?[] labels = [.. images.Select(Labels)];
        int[] counted = [.. Enumerable.Range(0, images.Count).Where(i => labels[i] is not null)];
        _unlabeled += images.Count - counted.Length;
        if (counted.Length == 0) return;
        float[] probabilities = Probabilities(batch, pixels, cancellation); // [N, classes]
        string[] paths = [.. counted.Select(i => images[i].Path)];
        IReadOnlyList<IReadOnlyDictionary<string, object?>> attributes = _query.Values(paths, cancellation);
        int classes = _network.Classes.Count;
        for (int i = 0; i < counted.Length; i++)
            _images.Add(Judged(images[counted[i]], labels[counted[i]]!, probabilities.AsSpan(counted[i] * classes, classes), attributes[i]));
    }

    /// <inheritdoc/>
    public void Save(string file, ScanState state) => AccuracyFile.Write(file, new AccuracyRecord(_network.Name, _networkHash.Value, Hash(), _network.Classes, _query.K, state, _unlabeled, _images));

    /// <inheritdoc/>
    public ScanState Restore(string file)
    {
        AccuracyRecord before = AccuracyFile.Read(file);
        string? other = before.ModelHash != _networkHash.Value ? $"another network ({before.Model}, or other weights of it)"
            : before.QueryHash != Hash() ? "another question: another -Top, or other attributes" : null;
        if (other is not null) throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The checkpoint is of {other}. Ask as in that run, or give another checkpoint file.", file);
        _images.AddRange(before.Images);
        _unlabeled = before.UnlabeledCount;
        return before.State;
    }

    /// <summary>What was gathered.</summary>
    /// <param name="state">How far the pass is.</param>
    public AccuracyRecord Record(ScanState state) => new(_network.Name, "", "", _network.Classes, _query.K, state, _unlabeled, _images);

    private float[] Probabilities(ImageBatch batch, Tensor pixels, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return (batch.Answers ?? _network.Forward(pixels, [_network.Answers.Probabilities], cancellation)[0]).flatten(1).ToFloats();
    }

    /// <summary>Output indices of what a picture shows; null where nobody knows.</summary>
    private int[]? Labels(ListedImage image)
    {
        if (image.Label is null)
        {
            _query.Failed(new CnnVisException(ErrorIds.ClassNotFound, $"Nothing says what '{image.Path}' shows, and it does not count. Give a label by -Label, -LabelPath or -LabelPattern, or by its folder.", image.Path));
            return null;
        }
        int[] labels = [.. LabelSets.Split(image.Label).Select(l => _query.Names.Find(l, _query.Failed, image.Path)).OfType<int>().Distinct()];
        return labels.Length > 0 ? labels : null;
    }

    private ClassifiedImage Judged(ListedImage image, int[] labels, ReadOnlySpan<float> probabilities, IReadOnlyDictionary<string, object?> attributes)
    {
        int best = 0, label = labels[0];
        double entropy = 0;
        bool together = _network.Answer == AnswerKind.Labels;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best]) best = i;
            entropy += Surprise(probabilities[i]) + (together ? Surprise(1 - probabilities[i]) : 0);
        }
        foreach (int other in labels)
            if (probabilities[other] > probabilities[label] || probabilities[other] == probabilities[label] && other < label) label = other;
        int rank = 1;
        for (int i = 0; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[label] || probabilities[i] == probabilities[label] && i < label) rank++;
        double confidence = probabilities[best];
        return new ClassifiedImage
        {
            Index = image.Index,
            Path = image.Path,
            Labels = labels.Select(l => _network.Classes[l]).ToArray(),
            LabelIndices = labels,
            Predicted = _network.Classes[best],
            PredictedIndex = best,
            Probability = confidence,
            Rank = rank,
            Entropy = entropy,
            IsLocalized = _query.Localized(image.Path) is { } found ? found && rank <= _query.K : null,
            Attributes = WithAnswer(attributes, confidence, entropy),
        };
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

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_query.K}\n{string.Join('\n', _query.Attributes)}")));
}
