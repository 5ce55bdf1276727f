using System.Runtime.InteropServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>
/// Puts pictures together of the pieces of others whose features are nearest (Long, Zhang and Darrell 2014, section 2). The others go by once, and every unit's nearest are kept, found exactly by blocked products; then those that were
/// found are read again for their pieces. So memory does not depend on how many there are. The controls keep what has the smallest random numbers, which is a sample of each size.
/// </summary>
public sealed class NeighborReconstruction
{
    private const int MostScores = 1 << 22;

    private readonly Network _network;
    private readonly FeatureReader _reader;
    private readonly NeighborOptions _options;
    private readonly IReadOnlyList<ImageSource> _references;
    private readonly Func<string, string?> _label;
    private readonly HashSet<int> _unreadable = [];
    private readonly int[] _sizes;

    /// <param name="network">Whose features.</param>
    /// <param name="layers">Of which layers.</param>
    /// <param name="references">The other pictures.</param>
    /// <param name="label">What a picture shows; null where that is not known.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a layer's units have no places.</exception>
    public NeighborReconstruction(Network network, IReadOnlyList<CnnLayer> layers, IReadOnlyList<ImageSource> references, Func<string, string?> label, NeighborOptions options)
    {
        (_network, _references, _label, _options) = (network, references, label, options);
        _reader = new FeatureReader(network, layers, options.Metric);
        _sizes = [.. options.Sizes.Distinct().Order()];
    }

    /// <summary>The pictures of a batch, by picture, layer and number of neighbours.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="failed">Takes the error of one of the others that cannot be read; each is told once.</param>
    /// <param name="progress">Takes the share that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there are fewer other pictures than neighbours.</exception>
    public IReadOnlyList<CnnNeighborImage[]> Reconstruct(ImageBatch batch, Action<CnnVisException> failed, Action<double> progress, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        FeatureGrid[][] features = _reader.Read(pixels, cancellation);
        float[] values = pixels.ToFloats();
        int length = _network.Input.Length;
        QueryPicture[] queries = [.. batch.Readable.Select((image, i) => new QueryPicture(image.Path, _label(image.Path), values.AsSpan(i * length, length).ToArray(), features[i], _sizes[^1], _options.Seed))];
        Search(queries, failed, progress, cancellation);
        foreach (QueryPicture query in queries)
            if (query.Others < _sizes[^1])
                throw new CnnVisException(ErrorIds.InvalidArgument, $"There are {query.Others} other pictures for '{query.Path}', and {_sizes[^1]} neighbours are wanted: give more pictures to -ReferencePath, or fewer neighbours.", query.Path);
        return Assemble(queries, progress, cancellation);
    }

    private void Search(QueryPicture[] queries, Action<CnnVisException> failed, Action<double> progress, CancellationToken cancellation)
    {
        using var stream = new ImageStream(_network, _options.BatchSize, cancellation);
        int picture = 0;
        foreach (ImageBatch batch in stream.Batches(_references))
        {
            FeatureGrid[][] features = batch.Pixels is { } pixels ? _reader.Read(pixels, cancellation) : [];
            int first = picture;
            var numbers = new List<int>();
            batch.InOrder(error =>
            {
                if (_unreadable.Add(picture)) failed(error);
                picture++;
            }, (_, _) => numbers.Add(picture++));
            for (int layer = 0; layer < _reader.Layers.Count; layer++) Compare(queries, layer, batch, features, numbers, cancellation);
            foreach (QueryPicture query in queries) query.Others += batch.Readable.Count(image => image.Path != query.Path);
            progress(0.9 * (first + batch.Count) / _references.Count);
        }
    }

    private void Compare(QueryPicture[] queries, int layer, ImageBatch batch, FeatureGrid[][] features, List<int> numbers, CancellationToken cancellation)
    {
        int units = _reader.Grids[layer].Count;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        for (int p = 0; p < numbers.Count; p++)
        {
            using var inner = NewDisposeScope();
            (string path, FeatureGrid grid) = (batch.Readable[p].Path, features[p][layer]);
            string? label = _label(path);
            Tensor others = tensor(grid.Values).reshape(units, grid.Dimension).t(); // [C, units]
            float[] squares = others.square().sum([0L]).ToFloats();
            foreach (QueryPicture query in queries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (path == query.Path) continue;
                AddNearest(query.Features[layer], others, squares, query.Nearest[layer], numbers[p]);
                var random = query.Random(layer, numbers[p]);
                for (int unit = 0; unit < units; unit++)
                {
                    query.SamePlace[layer][unit].Add(new KeptUnit(random.NextDouble(), numbers[p], unit));
                    if (label is not null && label == query.Label) query.SameClass[layer][unit].Add(new KeptUnit(random.NextDouble(), numbers[p], random.Next(units)));
                }
            }
        }
    }

    private static void AddNearest(FeatureGrid query, Tensor others, float[] squares, SmallestUnits[] nearest, int number)
    {
        using var scope = NewDisposeScope();
        int units = squares.Length, block = Math.Clamp(MostScores / units, 1, query.Grid.Count);
        Tensor all = tensor(query.Values).reshape(query.Grid.Count, query.Dimension);
        float[] ownSquares = all.square().sum([1L]).ToFloats();
        for (int first = 0; first < ownSquares.Length; first += block)
        {
            using var inner = NewDisposeScope();
            int rows = Math.Min(block, ownSquares.Length - first);
            ReadOnlySpan<float> products = MemoryMarshal.Cast<byte, float>(all.narrow(0, first, rows).mm(others).contiguous().bytes); // [rows, units]
            for (int r = 0; r < rows; r++)
            {
                SmallestUnits list = nearest[first + r];
                double threshold = list.Threshold;
                for (int u = 0; u < units; u++)
                {
                    double distance = ownSquares[first + r] + squares[u] - 2 * products[r * units + u];
                    if (distance > threshold) continue;
                    list.Add(new KeptUnit(Math.Max(0, distance), number, u));
                    threshold = list.Threshold;
                }
            }
        }
    }

    private IReadOnlyList<CnnNeighborImage[]> Assemble(QueryPicture[] queries, Action<double> progress, CancellationToken cancellation)
    {
        CnnInput input = _network.Input;
        CenterTiles[] tiles = [.. _reader.Grids.Select(g => new CenterTiles(g, input.Width, input.Height))];
        var sums = new Dictionary<(int Query, int Layer, int Kind, int Size), PieceSums>();
        var wanted = new SortedDictionary<int, List<(int Query, int Layer, int Kind, int Unit, int Rank, int Other)>>();
        for (int q = 0; q < queries.Length; q++)
            for (int layer = 0; layer < tiles.Length; layer++)
            {
                SmallestUnits[][] kinds = [queries[q].Nearest[layer], queries[q].SameClass[layer], queries[q].SamePlace[layer]];
                for (int kind = 0; kind < kinds.Length; kind++)
                {
                    foreach (int size in _sizes) sums[(q, layer, kind, size)] = new PieceSums(tiles[layer], input);
                    for (int unit = 0; unit < kinds[kind].Length; unit++)
                        for (int rank = 0; rank < kinds[kind][unit].Kept.Count; rank++)
                        {
                            KeptUnit kept = kinds[kind][unit].Kept[rank];
                            if (!wanted.TryGetValue(kept.Picture, out var places)) wanted[kept.Picture] = places = [];
                            places.Add((q, layer, kind, unit, rank, kept.Unit));
                        }
                }
            }

        int[] numbers = [.. wanted.Keys];
        using (var stream = new ImageStream(_network, _options.BatchSize, cancellation))
        {
            int done = 0;
            foreach (ImageBatch batch in stream.Batches(numbers.Select(n => _references[n])))
            {
                float[] values = batch.Pixels!.ToFloats();
                batch.InOrder(error => throw error, (_, index) =>
                {
                    ReadOnlySpan<float> picture = values.AsSpan(index * input.Length, input.Length);
                    foreach (var place in wanted[numbers[done++]])
                        foreach (int size in _sizes)
                            if (place.Rank < size) sums[(place.Query, place.Layer, place.Kind, size)].Add(place.Unit, picture, place.Other);
                });
                progress(0.9 + 0.1 * done / numbers.Length);
            }
        }

        return [.. queries.Select((query, q) => _reader.Layers.SelectMany((layer, l) => _sizes.Select(size => new CnnNeighborImage
        {
            Path = query.Path,
            Origin = _network.Origin with { Picture = CnnPicture.OfFile(query.Path) },
            Model = _network.Name,
            Layer = layer.Alias,
            Grid = _reader.Grids[l],
            K = size,
            ReferenceCount = query.Others,
            MeanDistance = query.Nearest[l].Average(list => list.Kept.Take(size).Average(kept => query.Features[l].InMetric(kept.Score))),
            Original = PieceSums.Shown(query.Pixels, input, tiles[l].Covered),
            Nearest = sums[(q, l, 0, size)].ToPicture(query.Pixels),
            SameClass = query.SameClass[l].All(list => list.Kept.Count >= size) ? sums[(q, l, 1, size)].ToPicture(query.Pixels) : null,
            SamePlace = sums[(q, l, 2, size)].ToPicture(query.Pixels),
        })).ToArray())];
    }
}
