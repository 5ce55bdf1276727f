using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>
/// Slides an occluder over pictures and records what the network says (Zeiler and Fergus 2013, section 4.2 and figure 7). Windows are clipped at
/// the border. Several classes and layers share one evaluation.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1311.2901"/>
/// <code>
/// S(p) = f(x with window p replaced by the baseline)
/// M(pixel) = mean over the windows p that cover it of f(x) − S(p)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [16], Stride = [8] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (OcclusionMap map in occluder.Occlude(batch.Readable[0].Source, batch, 0, SeenPhoto.Load("examples/photos/chelsea.png", network.Input), null, default)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class Occluder : IDisposable
{
    private readonly Network _network;
    private readonly OcclusionOptions _options;
    private readonly IOcclusionEvaluator _evaluator;

    /// <param name="network">Whom to ask.</param>
    /// <param name="options">How, and what is recorded.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: window and stride do not go together.</exception>
    public Occluder(Network network, OcclusionOptions options)
    {
        (_network, _options) = (network, options);
        network.Answers.NeedScores(network.Name);
        Grid = options.Grid(network.Input);
        var taps = new OcclusionTaps(network.Answers, options.Layers.Select(l => network.Units(l.Layer)));
        _evaluator = Evaluator(taps);
    }

    /// <summary>Positions of the occluder.</summary>
    public OccluderGrid Grid { get; }

    /// <summary>Multiplications-with-addition of convolutions and products for all positions, as they are computed.</summary>
    public double MultiplyAdds => _evaluator is IncrementalEvaluation incremental ? incremental.Plan.MultiplyAdds : (double)Grid.Count * _network.MultiplyAdds;

    /// <summary>Occludes one picture.</summary>
    /// <param name="source">Where it comes from, for the result.</param>
    /// <param name="picture">[1, C, H, W] in [0, 1], where the network computes; stays the caller's.</param>
    /// <param name="photo">The photo for the result's drawing.</param>
    /// <param name="progress">Takes the share of the work that is done, in [0, 1].</param>
    /// <param name="cancellation">Ends it between layers.</param>
    /// <returns>A map for each class.</returns>
    public IReadOnlyList<OcclusionMap> Occlude(ImageSource source, Tensor picture, PixelImage photo, Action<double>? progress, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        float[] pixels = picture.ToFloats();
        Tensor fill = tensor(_options.Baseline.Paint(pixels, _network.Input, _options.Seed), picture.shape, device: picture.device);
        OcclusionRecord? record = null;
        GridRefinement? refinement = _options.Refine is { } threshold ? new GridRefinement(Grid, threshold) : null;
        int[] all = refinement is null ? [.. Enumerable.Range(0, Grid.Count)] : [];
        _evaluator.Evaluate(picture, fill, whole => record = new OcclusionRecord(whole, _options, Grid.Count), Next, (positions, answers) => record!.Add(positions, answers), done => progress?.Invoke(done), cancellation);
        float?[] differences = [.. record!.Scores.Select(s => refinement?.LargestDifference(s))];
        if (refinement is not null) record.FillIn(refinement);
        return Maps(source, photo, record, refinement?.IsComputed.ToArray() ?? [.. Enumerable.Repeat(true, Grid.Count)], differences);

        int[] Next()
        {
            if (refinement is not null) return refinement.Next(record!.Scores);
            (int[] next, all) = (all, []);
            return next;
        }
    }

    /// <summary>Occludes one picture of a batch, as <see cref="Occlude(ImageSource, Tensor, PixelImage, Action{double}?, CancellationToken)"/> does.</summary>
    public IReadOnlyList<OcclusionMap> Occlude(ImageSource source, ImageBatch batch, int index, PixelImage photo, Action<double>? progress, CancellationToken cancellation)
    {
        using Tensor picture = batch.Pixels!.narrow(0, index, 1);
        return Occlude(source, picture, photo, progress, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => (_evaluator as IDisposable)?.Dispose();

    /// <summary>The fastest way: patches are put together in the processor's memory, and do not pay where they soon cover the maps.</summary>
    private IOcclusionEvaluator Evaluator(OcclusionTaps taps)
    {
        if (!_options.RecomputeAll && _network.TorchDevice.type == TorchSharp.DeviceType.CPU)
        {
            var incremental = new IncrementalEvaluation(_network.Maps, taps, Grid, _options.BatchSize);
            if (incremental.Plan.Steps.Count > 0) return incremental;
            incremental.Dispose();
        }
        return new FullRecomputation(new ForwardWalk(_network.Maps, taps.Values), Grid, _options.BatchSize);
    }

    private OcclusionMap[] Maps(ImageSource source, PixelImage photo, OcclusionRecord record, bool[] isComputed, float?[] differences)
    {
        PixelBox[] windows = [.. Enumerable.Range(0, Grid.Count).Select(i => Grid[i])];
        string[] names = [.. record.MostProbable.Select(c => _network.Classes[c])];
        OcclusionLayer[] layers = [.. _options.Layers.Select((l, i) => new OcclusionLayer(l.Layer.Alias, record.Channels[i], record.Total[i], record.Totals[i]) { Origin = _network.Origin })];
        return [.. record.Classes.Select((c, i) => new OcclusionMap
        {
            Origin = source.OriginOf(_network),
            IsNumber = _network.Answers.Named is not null,
            Path = source.Path,
            Model = _network.Name,
            Class = _network.Classes[c],
            ClassIndex = c,
            ScoreKind = _network.Answers.HasClasses ? _options.Score : null,
            Score = record.Score[i],
            Baseline = _options.Baseline.Name,
            InputHeight = Grid.Rows.Extent,
            InputWidth = Grid.Columns.Extent,
            Rows = Grid.Rows.Count,
            Columns = Grid.Columns.Count,
            Windows = windows,
            Scores = record.Scores[i],
            Computed = isComputed,
            LargestUnrefinedDifference = differences[i],
            Attribution = AttributionMap.Of(Grid, record.Score[i], record.Scores[i]),
            MostProbable = record.MostProbable,
            MostProbableNames = names,
            Layers = layers,
            Photo = photo,
        })];
    }
}
