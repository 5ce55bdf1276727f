using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>
/// One streaming pass over any number of images that keeps, for every unit asked for, those that activate it most, with the places (Girshick et al. 2013, section 3.1).
/// Memory depends on the units and how many images each keeps, not on the images. What is kept depends on no other image of its batch: all passes are of
/// one size (<c>PassSize</c>), the last ones filled up with nothing.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1311.2524"/>
/// <code>
/// top k over pictures of max over places (r, c) of Aₖ[r, c]
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var units = new LayerUnits(network.Layer("relu5"), [0, 1, 2], [], null);
/// using var retrieval = new ImageRetrieval(network, new RetrievalQuery { Layers = [units], Top = 3 });
/// using var run = retrieval.Begin(Shard.Whole, checkpoint: null);
/// foreach (ImageBatch batch in stream.Batches(ImageSources.In("examples/photos", false, error => throw error).Where(run.List))) run.Add(batch, images => retrieval.Look(batch, images, default), error => throw error);
/// run.End();
/// foreach (MaxActivatingUnit unit in retrieval.Found(run.State).Units) Console.WriteLine(unit);
/// </code>
/// </example>
public sealed class ImageRetrieval : IDisposable
{
    private readonly Network _network;
    private readonly RetrievalQuery _query;
    private readonly (CnnLayer Layer, UnitRecorder[] Recorders)[] _taps;
    private readonly string[] _values;
    private readonly EvenPasses _passes;
    private readonly string _networkHash, _queryHash;

    /// <param name="network">Whose units.</param>
    /// <param name="query">Which units.</param>
    /// <param name="cancellation">Ends what has to be found out first: the network's hash, and how many pictures a pass has to have.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a direction has another length than the layer, or numbers that are none.</exception>
    public ImageRetrieval(Network network, RetrievalQuery query, CancellationToken cancellation = default)
    {
        (_network, _query) = (network, query);
        foreach (LayerUnits units in query.Layers) DirectionChecks.Ensure(units);
        _values = [.. query.Layers.Select(units => network.Units(query.PreRelu ? network.BeforeRelu(units.Layer).Value : network.Value(units.Layer)))];
        _passes = new EvenPasses(network, _values, query.BatchSize, cancellation);
        (_networkHash, _queryHash) = (NetworkHash.Of(network, cancellation), HashOf(query));
        _taps = [.. query.Layers.Select(units => (units.Layer, Recorders(units)))];
    }

    /// <summary>Looks at the readable pictures of a batch, each listed later than those before.</summary>
    public void Look(ImageBatch batch, IReadOnlyList<ListedImage> images, CancellationToken cancellation)
    {
        if (batch.Pixels is { } pixels) Look(pixels, images, [.. batch.Readable.Select(i => i.View)], cancellation);
    }

    /// <summary>Begins a pass over a list, or goes on with one.</summary>
    /// <param name="shard">The part of the list to look at.</param>
    /// <param name="checkpoint">Where to keep what was found; null for nowhere.</param>
    /// <exception cref="CnnVisException">The checkpoint cannot be written or read, or is of another question.</exception>
    public SumRun<FoundUnits> Begin(Shard shard, Checkpoint? checkpoint)
    {
        MaxActivatingImageSet empty = Found(new ScanState(1, [1], false, 0, "", 0, 0, 0));
        return new SumRun<FoundUnits>(FoundUnits.QuestionOf(empty), shard, checkpoint, () => FoundUnits.Of([.. Units()]), found => Restore(found.ToUnits(_network.Name, _query.Top)));
    }

    private void Restore(MaxActivatingUnit[] before)
    {
        var listed = new Dictionary<long, ListedImage>();
        (string, int?, string?)[] wanted = [.. Units().Select(Identity)];
        if (!wanted.SequenceEqual(before.Select(Identity))) throw new ArgumentException("It holds other units than its question asks for.", nameof(before));
        int first = 0;
        foreach (UnitRecorder recorder in _taps.SelectMany(t => t.Recorders))
        {
            recorder.Restore(before.Skip(first).Take(recorder.Maps.Units.Count), Listed);
            first += recorder.Maps.Units.Count;
        }

        static (string, int?, string?) Identity(MaxActivatingUnit unit) => (unit.Layer, unit.Channel, unit.Direction);

        ListedImage Listed(MaxActivatingImage image) =>
            listed.TryGetValue(image.Index, out ListedImage? known) ? known : listed[image.Index] = new ListedImage(image.Index, image.Path, image.Label) { Picture = image.Origin?.Picture };
    }

    /// <summary>What was found so far.</summary>
    /// <param name="state">How far the pass over the list is.</param>
    public MaxActivatingImageSet Found(ScanState state)
    {
        var context = new RetrievalContext(_network.Input, _queryHash, _query.Top, _query.PerImage, _query.Overlap, _query.PreRelu, _query.BatchSize);
        return FoundUnits.SetOf(_network.Name, _networkHash, context, state, Units().ToArray()) with { Origin = _network.Origin };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (UnitRecorder recorder in _taps.SelectMany(t => t.Recorders)) recorder.Maps.Dispose();
    }

    private void Look(Tensor pixels, IReadOnlyList<ListedImage> images, IReadOnlyList<PixelView> views, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var all = NewDisposeScope();
        foreach (var (first, count, outputs) in _passes.Each(pixels, cancellation))
        {
            using var scope = NewDisposeScope();
            ListedImage[] part = [.. images.Skip(first).Take(count)];
            PixelView[] seen = [.. views.Skip(first).Take(count)];
            for (int i = 0; i < outputs.Length; i++)
            {
                if (outputs[i].dim() == 0 || outputs[i].shape[0] != count)
                    throw new CnnVisException(ErrorIds.InvalidArgument, $"{_taps[i].Layer.Alias} does not give one value an image, so that no image activates it. Leave it out of -Layer.", _taps[i].Layer.Alias);
                foreach (UnitRecorder recorder in _taps[i].Recorders) recorder.Add(outputs[i], part, seen);
            }
        }
    }

    private IEnumerable<MaxActivatingUnit> Units() => _taps.SelectMany(t => t.Recorders).SelectMany(r => r.Units());

    /// <summary>Channels, and directions of each length, in the order of the question.</summary>
    private UnitRecorder[] Recorders(LayerUnits units)
    {
        var maps = new List<UnitMaps>();
        if (units.Channels.Count > 0) maps.Add(new UnitMaps(_network, units, units.Channels, []));
        for (int i = 0; i < units.Directions.Count;)
        {
            LayerDirection[] alike = [.. units.Directions.Skip(i).TakeWhile(d => d.Values.Length == units.Directions[i].Values.Length)];
            maps.Add(new UnitMaps(_network, units, [], alike));
            i += alike.Length;
        }
        return [.. maps.Select(m => new UnitRecorder(m, _query))];
    }

    private static string HashOf(RetrievalQuery query)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(FormattableString.Invariant($"{query.Top} {query.PerImage} {query.Overlap:R} {query.PreRelu} {query.BatchSize}"));
        foreach (LayerUnits units in query.Layers)
        {
            Add(FormattableString.Invariant($"{units.Layer.Name} {units.Position} {string.Join(',', units.Channels)}"));
            foreach (LayerDirection direction in units.Directions)
            {
                Add($"{direction.Name} {direction.IsRandom}");
                hash.AppendData(MemoryMarshal.AsBytes(direction.Values.AsSpan()));
            }
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\n'));
    }
}
