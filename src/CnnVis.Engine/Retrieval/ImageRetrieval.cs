using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>
/// One streaming pass over any number of images that keeps, for every unit asked for, those that activate it most, with the places (Girshick et al. 2013, section 3.1).
/// Memory depends on the units and how many images each keeps, not on the images. What is kept depends on no other image of its batch: all passes are of
/// one size (<c>PassSize</c>), the last ones filled up with nothing.
/// </summary>
public sealed class ImageRetrieval : IDisposable
{
    private readonly Network _network;
    private readonly RetrievalQuery _query;
    private readonly (string Value, CnnLayer Layer, UnitRecorder[] Recorders)[] _taps;
    private readonly string[] _values;
    private readonly int _passSize;
    private readonly string _queryHash;

    /// <param name="network">Whose units.</param>
    /// <param name="query">Which units.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a direction has another length than the layer, or numbers that are none.</exception>
    public ImageRetrieval(Network network, RetrievalQuery query)
    {
        (_network, _query) = (network, query);
        foreach (LayerUnits units in query.Layers) DirectionChecks.Ensure(units);
        _taps = [.. query.Layers.Select(units => (query.PreRelu ? network.BeforeRelu(units.Layer).Value : network.Value(units.Layer), units.Layer, Recorders(units)))];
        _values = [.. _taps.Select(t => t.Value)];
        _passSize = PassSize.Of(network, _values, query.BatchSize);
        _queryHash = HashOf(query);
    }

    /// <summary>Images looked at.</summary>
    public long ImageCount { get; private set; }

    /// <summary>Images that could not be read.</summary>
    public long FailedCount { get; private set; }

    /// <summary>Looks at the readable images of a batch.</summary>
    /// <param name="batch">At most <see cref="RetrievalQuery.BatchSize"/> images, each listed later than those before.</param>
    /// <param name="scan">Their list, in which they are marked as done.</param>
    /// <param name="failed">Takes the errors of those that could not be read.</param>
    public void Add(ImageBatch batch, ImageScan scan, Action<CnnVisException> failed)
    {
        var errors = new List<CnnVisException>();
        var images = new List<ListedImage>();
        batch.InOrder(
            error =>
            {
                scan.Done();
                errors.Add(error);
            },
            (_, _) => images.Add(scan.Done()));
        if (batch.Pixels is { } pixels) Look(pixels, images, [.. batch.Readable.Select(i => i.View)]);
        (ImageCount, FailedCount) = (ImageCount + images.Count, FailedCount + errors.Count);
        errors.ForEach(failed);
    }

    /// <summary>What was found so far.</summary>
    /// <param name="scan">The list.</param>
    /// <param name="shard">The part of it that is looked at.</param>
    /// <param name="isComplete">Whether that was seen to its end.</param>
    public MaxActivatingImageSet Found(ImageScan scan, Shard shard, bool isComplete) => new()
    {
        Model = _network.Name,
        ModelHash = NetworkHash.Of(_network),
        Input = _network.Input,
        QueryHash = _queryHash,
        Top = _query.Top,
        PerImage = _query.PerImage,
        Overlap = _query.Overlap,
        PreRelu = _query.PreRelu,
        BatchSize = _query.BatchSize,
        ShardCount = shard.Count,
        Shards = new[] { shard.Number },
        IsComplete = isComplete,
        ListedCount = scan.SeenCount,
        ListHash = scan.SeenHash,
        ImageCount = ImageCount,
        FailedCount = FailedCount,
        Units = _taps.SelectMany(t => t.Recorders).SelectMany(r => r.Units()).ToArray(),
    };

    /// <summary>Goes on from what was found before.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: that was another network, question or shard.</exception>
    public void Restore(MaxActivatingImageSet before, Shard shard)
    {
        string? other = before.ModelHash != NetworkHash.Of(_network) ? $"another network ({before.Model}, or other weights of it)"
            : before.QueryHash != _queryHash ? "another question: other layers, units, directions, -Top, -PerImage, -Overlap, -PreRelu or -BatchSize"
            : before.ShardCount != shard.Count || before.Shards is not [var number] || number != shard.Number ? $"other images: shard {string.Join(", ", before.Shards)} of {before.ShardCount}, not {shard}"
            : null;
        if (other is not null) throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The checkpoint is of {other}. Ask as in that run, or give another checkpoint file.", before);
        var listed = new Dictionary<long, ListedImage>();
        int first = 0;
        foreach (UnitRecorder recorder in _taps.SelectMany(t => t.Recorders))
        {
            recorder.Restore(before.Units.Skip(first).Take(recorder.Maps.Units.Count), Listed);
            first += recorder.Maps.Units.Count;
        }
        (ImageCount, FailedCount) = (before.ImageCount, before.FailedCount);

        ListedImage Listed(MaxActivatingImage image) =>
            listed.TryGetValue(image.Index, out ListedImage? known) ? known : listed[image.Index] = new ListedImage(image.Index, image.Path, image.Label);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (UnitRecorder recorder in _taps.SelectMany(t => t.Recorders)) recorder.Maps.Dispose();
    }

    private void Look(Tensor pixels, IReadOnlyList<ListedImage> images, IReadOnlyList<PixelView> views)
    {
        for (int first = 0; first < images.Count; first += _passSize)
        {
            int count = Math.Min(_passSize, images.Count - first);
            Pass(pixels, first, [.. images.Skip(first).Take(count)], [.. views.Skip(first).Take(count)]);
        }
    }

    private void Pass(Tensor pixels, int first, IReadOnlyList<ListedImage> images, IReadOnlyList<PixelView> views)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        pixels = pixels.narrow(0, first, images.Count);
        long missing = _passSize - images.Count;
        Tensor full = missing > 0 ? cat([pixels, zeros([missing, .. pixels.shape[1..]], device: pixels.device)]) : pixels; // [pass, C, H, W]
        Tensor[] outputs = _network.Forward(full, _values);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].dim() == 0 || outputs[i].shape[0] != full.shape[0])
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{_taps[i].Layer.Alias} does not give one value an image, so that no image activates it. Leave it out of -Layer.", _taps[i].Layer.Alias);
            foreach (UnitRecorder recorder in _taps[i].Recorders) recorder.Add(outputs[i].narrow(0, 0, images.Count), images, views);
        }
    }

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
