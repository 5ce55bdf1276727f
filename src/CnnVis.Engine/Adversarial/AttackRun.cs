using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Attacks on a stream of pictures: batch by batch, but on all together where an attack makes one perturbation for all. Those are held in memory until the end.</summary>
public sealed class AttackRun
{
    private readonly AdversarialAnalysis _analysis;
    private readonly Network _network;
    private readonly bool _together;
    private readonly List<ImageSource> _sources = [];
    private readonly List<int> _labels = [];
    private readonly List<float[]> _held = [];

    /// <param name="network">Whom to attack.</param>
    /// <param name="query">What is wanted.</param>
    public AttackRun(Network network, AttackQuery query) =>
        (_network, _analysis, _together) = (network, new AdversarialAnalysis(network, query), query.Attacks.Any(a => a.IsUniversal));

    /// <summary>Attacks a batch.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="labels">What they show; null for what the network says.</param>
    /// <param name="failed">Takes what is wrong with pictures that nothing says about; they are left out.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>For each readable picture its examples; none where it is left out, and where all are attacked together at the end.</returns>
    public IReadOnlyList<IReadOnlyList<AdversarialExample>> Add(ImageBatch batch, PictureLabels? labels, Action<CnnVisException> failed, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ImageSource[] sources = [.. batch.Readable.Select(i => i.Source)];
        (int[] places, int[]? classes) = labels is null ? ([.. Enumerable.Range(0, sources.Length)], null) : labels.Known([.. sources.Select(s => s.Path)], failed);
        var results = new IReadOnlyList<AdversarialExample>[batch.Readable.Count];
        Array.Fill(results, []);
        if (places.Length == 0 || batch.Pixels is not { } all) return results;
        using var scope = NewDisposeScope();
        var examples = Add([.. places.Select(p => sources[p])], Rows.Select(all, places), classes, progress, cancellation);
        for (int i = 0; i < examples.Count; i++) results[places[i]] = examples[i];
        return results;
    }

    /// <summary>Attacks pictures.</summary>
    /// <param name="sources">Where they come from.</param>
    /// <param name="pixels">[N, C, H, W] in [0, 1], where the network computes.</param>
    /// <param name="labels">What they show; null for what the network says.</param>
    /// <param name="progress">Gets the share of the work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>For each picture its examples; nothing where all are attacked together at the end.</returns>
    public IReadOnlyList<IReadOnlyList<AdversarialExample>> Add(IReadOnlyList<ImageSource> sources, Tensor pixels, IReadOnlyList<int>? labels, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (!_together) return _analysis.Analyze(sources, pixels, labels, progress, cancellation);
        _sources.AddRange(sources);
        if (labels is not null) _labels.AddRange(labels);
        _held.Add(pixels.ToFloats());
        return [];
    }

    /// <summary>Attacks what was held, all together.</summary>
    /// <param name="progress">Gets the share of the work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public IReadOnlyList<IReadOnlyList<AdversarialExample>> Finish(Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (_held.Count == 0) return [];
        using var scope = NewDisposeScope();
        CnnInput input = _network.Input;
        Tensor pixels = cat([.. _held.Select(h => tensor(h, [h.Length / input.Length, input.Channels, input.Height, input.Width]))]).to(_network.TorchDevice);
        return _analysis.Analyze(_sources, pixels, _labels.Count > 0 ? _labels : null, progress, cancellation);
    }
}
