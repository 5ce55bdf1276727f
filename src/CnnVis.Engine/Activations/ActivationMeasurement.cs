using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
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

    /// <param name="network">Whose layers.</param>
    /// <param name="layers">Which. Where one is a ReLU, or is followed by one, the values before the ReLU are measured.</param>
    public ActivationMeasurement(Network network, IReadOnlyList<CnnLayer> layers)
    {
        _network = network;
        _layers = [.. layers.Select(layer =>
        {
            var (value, hasRelu) = network.BeforeRelu(layer);
            return (layer, value, new ActivationAccumulator(layer.Channels, hasRelu));
        })];
    }

    /// <summary>Pictures measured so far.</summary>
    public long ImageCount { get; private set; }

    /// <summary>Adds the readable pictures of a batch.</summary>
    public void Add(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor[] outputs = _network.Forward(pixels, [.. _layers.Select(l => l.Value)], cancellation);
        for (int i = 0; i < outputs.Length; i++) _layers[i].Accumulator.Add(outputs[i]);
        ImageCount += batch.Readable.Count;
    }

    /// <summary>The statistics so far, by layer and channel.</summary>
    public IReadOnlyList<CnnActivationStatistic> Statistics() => [.. _layers.SelectMany(l => l.Accumulator.ToStatistics(_network.Origin, l.Layer.Alias))];
}
