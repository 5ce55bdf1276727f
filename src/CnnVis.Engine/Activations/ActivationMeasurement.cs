using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using static TorchSharp.torch;

namespace CnnVis.Engine.Activations;

/// <summary>One streaming pass over any number of pictures that measures every filter of chosen layers.</summary>
/// <remarks>
/// <code>
/// firing = pictures with a value above 0 / pictures;   a filter that fires for none of n fires for less than 1 − 0.05^(1/n) of all, with 95 % confidence
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var measurement = new ActivationMeasurement(network, [network.Layer("relu5")]);
/// foreach (ImageBatch batch in stream.Batches(ImageSources.In("examples/photos", false, error => throw error))) measurement.Add(batch);
/// Console.WriteLine($"{measurement.Statistics().Count(s => s.Verdict == FilterVerdict.Dead)} filters are dead");
/// </code>
/// </example>
public sealed class ActivationMeasurement
{
    private readonly Network _network;
    private readonly (CnnLayer Layer, string Value, ActivationAccumulator Accumulator)[] _layers;
    private readonly EvenPasses? _even;

    /// <param name="network">Whose layers.</param>
    /// <param name="layers">Which. Where one is a ReLU, or is followed by one, the values before the ReLU are measured.</param>
    /// <param name="evenSize">So many pictures a pass, whatever comes, so that no number depends on which come together; null for as they come.</param>
    /// <param name="cancellation">Ends the look for an even size.</param>
    public ActivationMeasurement(Network network, IReadOnlyList<CnnLayer> layers, int? evenSize = null, CancellationToken cancellation = default)
    {
        _network = network;
        _layers = [.. layers.Select(layer =>
        {
            var (value, hasRelu) = network.BeforeRelu(layer);
            return (layer, network.Units(value), new ActivationAccumulator(layer.Channels, hasRelu));
        })];
        if (evenSize is { } size) _even = new EvenPasses(network, Values, size, cancellation);
    }

    /// <summary>How files call what is added up.</summary>
    public static SumKind<ActivationSums[]> Kind { get; } = new("Activations", Sum, Results);

    /// <summary>Pictures measured so far.</summary>
    public long ImageCount { get; private set; }

    /// <summary>What was added up so far, by layer.</summary>
    public ActivationSums[] Sums => [.. _layers.Select(l => l.Accumulator.ToSums(l.Layer.Alias))];

    private string[] Values => [.. _layers.Select(l => l.Value)];

    /// <summary>Adds the readable pictures of a batch.</summary>
    public void Add(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor[] outputs = _even?.Run(pixels, cancellation) ?? _network.Forward(pixels, Values, cancellation);
        for (int i = 0; i < outputs.Length; i++) _layers[i].Accumulator.Add(outputs[i]);
        ImageCount += batch.Readable.Count;
    }

    /// <summary>Adds what an earlier run had added up.</summary>
    /// <exception cref="ArgumentException">It is of other layers.</exception>
    public void Add(ActivationSums[] sums)
    {
        if (sums.Length != _layers.Length) throw new ArgumentException("The sums are of other layers.", nameof(sums));
        for (int i = 0; i < sums.Length; i++) _layers[i].Accumulator.Add(sums[i]);
        ImageCount += sums.Length > 0 ? sums[0].Images : 0;
    }

    /// <summary>The statistics so far, by layer and channel.</summary>
    public IReadOnlyList<CnnActivationStatistic> Statistics() => [.. _layers.SelectMany(l => l.Accumulator.ToStatistics(_network.Origin, _network.Name, l.Layer.Alias))];

    private static ActivationSums[] Sum(ScanMerge merged, IReadOnlyList<ActivationSums[]> parts) => [.. parts[0].Select((layer, i) =>
    {
        ActivationAccumulator all = Empty(layer);
        foreach (ActivationSums[] part in parts) all.Add(part[i].Layer == layer.Layer ? part[i] : throw new ArgumentException("The sums are of other layers."));
        return all.ToSums(layer.Layer);
    })];

    private static IEnumerable<object> Results(ScanMerge merged, ActivationSums[] sums, Origin? origin)
    {
        int[]? channels = merged.Question.ContextAs<ActivationContext>().Channels;
        return sums.Where(s => s.Images > 0).SelectMany(layer => All(layer).ToStatistics(origin, merged.Question.Model, layer.Layer)).Where(s => channels?.Contains(s.Channel) != false);
    }

    private static ActivationAccumulator All(ActivationSums sums)
    {
        ActivationAccumulator all = Empty(sums);
        all.Add(sums);
        return all;
    }

    private static ActivationAccumulator Empty(ActivationSums like) => new(like.Sum.Length, like.HasRelu);
}
