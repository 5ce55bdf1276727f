using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>
/// How separable classes are by a linear classifier over each layer (Alain and Bengio 2016, https://arxiv.org/abs/1610.01644): all layers from one pass, and beside them the same layers with random weights and the
/// pixels. The pictures asked about are the same for all.
/// </summary>
public sealed class SeparabilityMeasurement : IDisposable
{
    private readonly Network _network;
    private readonly RandomizedNetwork? _random;
    private readonly SeparabilityOptions _options;
    private readonly List<Series> _series = [];

    /// <param name="network">The network.</param>
    /// <param name="layers">Which of its layers, in order of computation.</param>
    /// <param name="options">How.</param>
    public SeparabilityMeasurement(Network network, IReadOnlyList<CnnLayer> layers, SeparabilityOptions options)
    {
        (_network, _options) = (network, options);
        if (options.HasBaselines)
        {
            _random = RandomizedNetwork.Whole(network, unchecked((int)options.Fitting.Seed));
            _series.Add(new Series(null, SeparabilityBase.Pixels));
        }
        foreach (CnnLayer layer in layers)
        {
            _series.Add(new Series(layer, SeparabilityBase.Trained));
            if (_random is not null) _series.Add(new Series(layer, SeparabilityBase.Random));
        }
    }

    /// <summary>Pictures so far.</summary>
    public int Count => _series[0].Codes.Count;

    /// <summary>Takes the readable pictures of a batch.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="label">What each shows; null where that is not known.</param>
    /// <param name="failed">Takes the error of a picture that says not what it shows.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public void Add(ImageBatch batch, Func<LoadedImage, string?> label, Action<CnnVisException> failed, CancellationToken cancellation)
    {
        if (batch.Pixels is not { } pixels) return;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        string?[] labels = [.. batch.Readable.Select(label)];
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] is not { Length: > 0 }) failed(new CnnVisException(ErrorIds.InvalidArgument, $"'{batch.Readable[i].Path}' does not say what it shows: pictures lie in a folder a class, or give -LabelPath or -LabelPattern.", batch.Readable[i].Path));
        foreach (var ofBase in _series.GroupBy(s => s.Base))
        {
            Tensor[] values = ofBase.Key == SeparabilityBase.Pixels ? [pixels]
                : (ofBase.Key == SeparabilityBase.Random ? _random!.Network : _network).Forward(pixels, [.. ofBase.Select(s => _network.Units(s.Layer!))], cancellation);
            foreach (var (series, value) in ofBase.Zip(values))
            {
                float[] numbers = Pooled(value).ToFloats();
                int length = numbers.Length / labels.Length;
                for (int i = 0; i < labels.Length; i++)
                    if (labels[i] is { Length: > 0 } known)
                        series.Codes.Add(new CnnCode { Path = batch.Readable[i].Path, Label = known, Model = _network.Name, Layer = series.Name, Values = numbers.AsSpan(i * length, length).ToArray() });
            }
        }
    }

    /// <summary>Fits a classifier to each layer and asks it about the others.</summary>
    /// <param name="progress">Told the layer, and how many are done.</param>
    /// <param name="cancellation">Ends it between two passes over the codes.</param>
    /// <exception cref="CnnVisException">There are fewer than two classes, or too few pictures to leave some out.</exception>
    public IEnumerable<SeparabilityMeasure> Measures(Action<string, double>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < _series.Count; i++)
        {
            progress?.Invoke(_series[i].Name, (double)i / _series.Count);
            yield return Measure(_series[i], cancellation);
            _series[i].Codes.Clear();
        }
    }

    private SeparabilityMeasure Measure(Series series, CancellationToken cancellation)
    {
        string[] classes = [.. series.Codes.Select(c => c.Label!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        bool[] isAsked = HeldOutPart.Of([.. series.Codes.Select(c => Array.BinarySearch(classes, c.Label!, StringComparer.Ordinal))], [.. series.Codes.Select(c => c.Path)], _options.TestShare, _options.Fitting.Seed);
        var training = new LabelledCodes();
        foreach (var (code, asked) in series.Codes.Zip(isAsked))
            if (!asked) training.Add(code);
        CnnCode[] others = [.. series.Codes.Where((_, i) => isAsked[i])];
        if (others.Length == 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"There are too few pictures of each class to leave {_options.TestShare:P0} of them for the test: give more, or a larger -TestShare.");
        ClassifierHead head = ClassifierFitting.Fit(training, series.Name, [.. classes.Select(c => (c, c))], _options.Fitting, cancellation: cancellation);
        int length = head.Fit.CodeLength;
        double accuracy = (double)others.Count(code => head.Classes[Predicted(head, code.Values)] == code.Label) / others.Length;
        var (lower, upper) = BinomialBound.Wilson(accuracy, others.Length);
        return new SeparabilityMeasure
        {
            Origin = _network.Origin,
            Model = _network.Name,
            Layer = series.Name,
            Index = series.Layer?.Index ?? -1,
            Base = series.Base,
            CodeLength = length,
            ClassCount = classes.Length,
            TrainingCount = head.Fit.Count,
            Count = others.Length,
            Accuracy = accuracy,
            Lower = lower,
            Upper = upper,
            WeightDecay = head.Fit.WeightDecay,
        };
    }

    private static int Predicted(ClassifierHead head, float[] code)
    {
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int k = 0; k < head.Bias.Length; k++)
        {
            double logit = head.Bias[k];
            for (int d = 0; d < code.Length; d++) logit += (double)head.Weight[k * code.Length + d] * code[d];
            if (logit > highest) (best, highest) = (k, logit);
        }
        return best;
    }

    /// <summary>Maps averaged to fewer places where they have more numbers than a classifier is given.</summary>
    private Tensor Pooled(Tensor value)
    {
        if (value.dim() != 4 || value[0].NumberOfElements <= _options.MaxCodeLength) return value;
        long rows = value.shape[2], columns = value.shape[3];
        double shrink = Math.Sqrt(_options.MaxCodeLength / (double)value[0].NumberOfElements);
        return nn.functional.adaptive_avg_pool2d(value, (Math.Max(1, (long)(rows * shrink)), Math.Max(1, (long)(columns * shrink))));
    }

    /// <inheritdoc/>
    public void Dispose() => _random?.Dispose();

    private sealed record Series(CnnLayer? Layer, SeparabilityBase Base)
    {
        public string Name => Layer?.Alias ?? "pixels";

        public List<CnnCode> Codes { get; } = [];
    }
}
