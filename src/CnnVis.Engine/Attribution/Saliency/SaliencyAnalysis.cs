using CnnVis.Engine.Attribution.Saliency.Localization;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Saliency maps of batches of pictures.</summary>
public sealed class SaliencyAnalysis
{
    private readonly Network _network;
    private readonly SaliencyQuery _query;
    private readonly (ISaliencyMethod Method, ClassScore Score)[] _methods;

    /// <param name="network">Whom to ask.</param>
    /// <param name="query">What is wanted.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a method has no map of that score.</exception>
    public SaliencyAnalysis(Network network, SaliencyQuery query) =>
        (_network, _query, _methods) = (network, query, [.. query.Methods.Select(m => (m, m.Score(query.Classes.Count > 0 ? query.Score : null)))]);

    /// <summary>For each readable picture of the batch, in order: a map for each method and target.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public IReadOnlyList<IReadOnlyList<SaliencyMap>> Analyze(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        Lazy<PixelImage>[] photos = [.. batch.Readable.Select(i => new Lazy<PixelImage>(() => SeenPhoto.Load(i.Source, _network.Input)))];
        var maps = batch.Readable.Select(_ => new List<SaliencyMap>()).ToArray();
        for (int m = 0; m < _methods.Length; m++)
        {
            using var scope = NewDisposeScope();
            var (method, score) = _methods[m];
            var request = new SaliencyRequest(_network, pixels, Targets(score), cancellation)
            {
                BatchSize = _query.BatchSize,
                Progress = done => progress?.Invoke((m + done) / _methods.Length),
            };
            foreach (SaliencyResult result in method.Attribute(request)) Add(result, method, score, batch, photos, maps, cancellation);
        }
        return maps;
    }

    private ITarget[] Targets(ClassScore score) =>
        [.. _query.Classes.Select(c => _network.Answers.Named is { } named && c is { } n ? new NumberTarget(named[n], n) : (ITarget)ClassTarget.Of(_network, c, score)), .. _query.Neurons];

    private void Add(SaliencyResult result, ISaliencyMethod method, ClassScore score, ImageBatch batch, Lazy<PixelImage>[] photos, List<SaliencyMap>[] maps, CancellationToken cancellation)
    {
        int channels = (int)result.Map.shape[1], height = (int)result.Map.shape[2], width = (int)result.Map.shape[3], length = channels * height * width;
        float[] values = result.Map.ToFloats();
        bool isClass = result.Target.Target is ClassTarget && _network.Answers.HasClasses;
        for (int i = 0; i < maps.Length; i++)
        {
            PixelView view = batch.Readable[i].View;
            var map = new SaliencyMap
            {
                Origin = batch.Readable[i].Source.OriginOf(_network),
                Path = batch.Readable[i].Path,
                Model = _network.Name,
                Method = method.Name,
                Target = Describe(result.Target, i),
                Score = result.Target.Scores[i],
                ScoreKind = isClass ? score : null,
                TargetLayer = result.MapValue is null ? null : Layer(result.MapValue)?.Alias ?? MapLayers.Image,
                Grid = result.Grid,
                Channels = channels,
                Height = height,
                Width = width,
                Values = values[(i * length)..((i + 1) * length)],
                Reduction = _query.Reduction,
                ConvergenceDelta = result.ConvergenceDelta?[i],
                IsPicture = method.IsPicture,
                InputHeight = _network.Input.Height,
                InputWidth = _network.Input.Width,
                PhotoSource = photos[i],
            };
            map = map.With(MapRemarks.Of(map));
            maps[i].Add(_query.Localize ? Located(map, batch.Pixels!.select(0, i), view, cancellation) : map);
        }
    }

    private SaliencyMap Located(SaliencyMap map, Tensor pixels, PixelView view, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        float[] values = pixels.ToFloats();
        PixelBox? box = ObjectLocator.Locate(map.Map(SaliencyReduction.Maximum), map.Places, values, _network.Input, _query.GraphCut, cancellation);
        return box is { } found ? map.At(found, view.BoxOnPhoto(found)) : map;
    }

    private CnnLayer? Layer(string value) => _network.LayerOf(value);

    private SaliencyTarget Describe(ChosenTarget target, int image)
    {
        int index = (int)target.Index[image];
        if (target.Target is NumberTarget number) return new SaliencyTarget(null, null) { Number = _network.Classes[number.Number] };
        if (target.Target is ClassTarget) return new SaliencyTarget(index, _network.Classes[index]);
        CnnLayer layer = Layer(target.Value)!;
        int places = layer.OutputShape.Skip(1).Aggregate(1, (a, b) => a * b);
        var (channel, place) = Math.DivRem(index, places);
        return layer.OutputShape is [_, _, var columns] ? new SaliencyTarget(null, null, layer.Alias, channel, place / columns, place % columns)
            : new SaliencyTarget(null, null, layer.Alias, channel);
    }
}
