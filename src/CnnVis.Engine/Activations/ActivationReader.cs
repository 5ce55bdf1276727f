using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Activations;

/// <summary>Reads the outputs of chosen layers and channels for batches of pictures.</summary>
public sealed class ActivationReader
{
    private readonly Network _network;
    private readonly (CnnLayer Layer, int[] Channels)[] _taps;
    private readonly EvenPasses? _even;

    /// <param name="network">Whose layers.</param>
    /// <param name="taps">Layers, with the channels wanted of each.</param>
    /// <param name="evenSize">So many pictures a pass, whatever comes, so that no number depends on which come together; null for as they come.</param>
    public ActivationReader(Network network, IReadOnlyList<(CnnLayer Layer, IReadOnlyList<int> Channels)> taps, int? evenSize = null)
    {
        (_network, _taps) = (network, [.. taps.Select(t => (t.Layer, t.Channels.ToArray()))]);
        if (evenSize is { } size) _even = new EvenPasses(network, Values, size);
    }

    private string[] Values => [.. _taps.Select(t => _network.Units(t.Layer))];

    /// <summary>For each readable picture of the batch, in order: one object a layer.</summary>
    public IReadOnlyList<IReadOnlyList<CnnActivation>> Read(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var results = batch.Readable.Select(_ => new CnnActivation[_taps.Length]).ToArray();
        Tensor[] outputs = _even?.Run(pixels, cancellation) ?? _network.Forward(pixels, Values, cancellation);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            var (layer, channels) = _taps[tap];
            Tensor output = outputs[tap]; // [N, C, …]
            if (output.dim() < 2) output = output.unsqueeze(1);
            bool all = channels.AsSpan().SequenceEqual([.. Enumerable.Range(0, (int)output.shape[1])]);
            if (!all) output = output.index_select(1, tensor(channels, dtype: ScalarType.Int64, device: output.device));
            int height = (int)output.shape.Skip(2).SkipLast(1).Aggregate(1L, (a, b) => a * b); // of more axes, all between are rows
            int width = output.dim() > 2 ? (int)output.shape[^1] : 1;
            float[] values = output.ToFloats();
            int length = channels.Length * height * width;
            for (int i = 0; i < results.Length; i++)
                results[i][tap] = new CnnActivation
                {
                    Origin = batch.Readable[i].Source.OriginOf(_network),
                    Path = batch.Readable[i].Path,
                    Model = _network.Name,
                    Layer = layer.Alias,
                    Channels = channels,
                    HasAllChannels = all,
                    Height = height,
                    Width = width,
                    Values = values.AsSpan(i * length, length).ToArray(),
                };
        }
        return results;
    }
}
