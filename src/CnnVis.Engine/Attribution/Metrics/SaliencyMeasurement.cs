using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Measures saliency maps of batches of pictures.</summary>
public sealed class SaliencyMeasurement
{
    private readonly Network _network;
    private readonly MetricQuery _query;
    private readonly (ISaliencyMethod Method, ClassScore Score)[] _methods;

    /// <param name="network">Whom to ask.</param>
    /// <param name="query">What is wanted.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a method has no map of that score, or a metric needs boxes and there are none.</exception>
    public SaliencyMeasurement(Network network, MetricQuery query)
    {
        if (query.Boxes is null && query.Metrics.FirstOrDefault(m => m.NeedsBoxes) is { } metric)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{metric.Name} compares maps with boxes round the objects: give a table of them with -BoxPath.", metric.Name);
        (_network, _query, _methods) = (network, query, [.. query.Methods.Select(m => (m, m.Score(query.Score)))]);
    }

    /// <summary>What is measured of each readable picture of the batch, in order.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public IReadOnlyList<MeasuredPicture> Measure(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default) => Measure(batch, null, progress, cancellation);

    /// <summary>What is measured of maps that were made before: they are taken as they are; metrics that ask for maps of changed pictures ask the method.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="maps">A map a readable picture, of the query's one method; null where the method makes them.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public IReadOnlyList<MeasuredPicture> Measure(ImageBatch batch, IReadOnlyList<SaliencyMap>? maps, Action<double>? progress, CancellationToken cancellation)
    {
        var pictures = batch.Readable.Select(i => new Picture(i)).ToArray();
        if (_query.Labels is { } labels)
            foreach (Picture picture in pictures) picture.Try(() => picture.Class = _network.Class(labels.Of(picture.Image.Path)));
        long[] known = [.. Enumerable.Range(0, pictures.Length).Where(i => pictures[i].Problem is null)];
        long[][] together = known.Length == 0 ? [] : _query.IsEven ? [.. known.Select(i => new[] { i })] : [known];
        int done = 0;
        foreach (long[] part in together)
        {
            using var scope = NewDisposeScope();
            Tensor pixels = batch.Pixels!.index_select(0, tensor(part, device: _network.TorchDevice));
            foreach (var (method, score) in _methods)
            {
                Measure(method, score, pixels, [.. part.Select(i => pictures[i])], maps is null ? null : [.. part.Select(i => maps[(int)i])], cancellation);
                progress?.Invoke((double)++done / (together.Length * _methods.Length));
            }
        }
        return [.. pictures.Select(p => new MeasuredPicture(p.Measures, p.Problem))];
    }

    private void Measure(ISaliencyMethod method, ClassScore score, Tensor pixels, Picture[] pictures, SaliencyMap[]? maps, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        ITarget target = ClassTarget.Of(_network, _query.Class, score);
        if (_query.Labels is not null) target = new ChosenTarget(target, [.. pictures.Select(p => (long)p.Class)], []);
        var explained = new SaliencyRequest(_network, pixels, [target], cancellation) { BatchSize = _query.BatchSize };
        SaliencyResult result = maps is null ? method.Attribute(explained)[0] : GivenMaps.Of(maps, explained);
        for (int i = 0; i < pictures.Length; i++) pictures[i].Class = (int)result.Target.Index[i];
        var request = new MetricRequest(explained, method, result, _query.Reduction)
        {
            Score = _query.Score,
            Places = _query.Boxes is null ? [] : [.. pictures.Select(Places)],
        };
        foreach (ISaliencyMetric metric in _query.Metrics)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var values = metric.Measure(request);
            for (int i = 0; i < pictures.Length; i++)
                foreach (MetricValue value in values[i]) pictures[i].Measures.Add(Measure(pictures[i], method, metric, value));
        }
    }

    private ObjectPlaces Places(Picture picture)
    {
        ObjectPlaces places = new ObjectPlaces(_query.Boxes!.Of(picture.Image.Path, _network, picture.Class), picture.Image.View).Seen(_network.Input);
        if (places.Boxes.Count == 0 && _query.Metrics.Any(m => m.NeedsBoxes))
            picture.Problem ??= new CnnVisException(ErrorIds.InvalidArgument, $"The table has no box for '{_network.Classes[picture.Class]}' in what {_network.Name} sees of '{picture.Image.Path}'.", picture.Image.Path);
        return places;
    }

    private SaliencyMeasure Measure(Picture picture, ISaliencyMethod method, ISaliencyMetric metric, MetricValue value) => new()
    {
        Origin = picture.Image.Source.OriginOf(_network),
        Path = picture.Image.Path,
        Model = _network.Name,
        Method = method.Name,
        Metric = metric.Name,
        Target = new SaliencyTarget(picture.Class, _network.Classes[picture.Class]),
        Statistic = value.Statistic,
        Layer = value.Layer,
        Value = value.Value,
        Points = value.Points,
    };

    private sealed class Picture(LoadedImage image)
    {
        public LoadedImage Image => image;

        public int Class { get; set; }

        public List<SaliencyMeasure> Measures { get; } = [];

        public CnnVisException? Problem { get; set; }

        public void Try(Action step)
        {
            try
            {
                step();
            }
            catch (CnnVisException error)
            {
                Problem = error;
            }
        }
    }
}
