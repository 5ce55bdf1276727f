using System.IO.Hashing;
using System.Runtime.InteropServices;
using CnnVis.Engine.Correspondence.Alignment;
using CnnVis.Engine.Correspondence.Warps;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>
/// How well features find where content went, on pictures that are moved in known ways: every unit's content has a place in the moved picture that is known exactly, and the nearest features say another. Only units count
/// whose content is still in the picture, where units look. Thin plates and noise are each picture's own, by the seed and its values.
/// </summary>
public sealed class CorrespondenceMeasurement : IDisposable
{
    private static readonly CorrespondenceFeatures[] _kinds = Enum.GetValues<CorrespondenceFeatures>();

    private readonly Network _network;
    private readonly MeasureOptions _options;
    private readonly CnnWarp[] _warps;
    private readonly RandomizedNetwork _forgetful;
    private readonly FeatureReader _reader, _forgetfulReader;
    private readonly CorrespondenceSummary _summary;

    /// <param name="network">Whose layers.</param>
    /// <param name="layers">Which.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a layer's units have no places, or nothing has been learned.</exception>
    public CorrespondenceMeasurement(Network network, IReadOnlyList<CnnLayer> layers, MeasureOptions options)
    {
        (_network, _options) = (network, options);
        _reader = new FeatureReader(network, layers, options.Metric);
        _forgetful = RandomizedNetwork.Whole(network, options.Seed);
        _forgetfulReader = new FeatureReader(_forgetful.Network, layers, options.Metric);
        _warps = options.Warps?.ToArray() ?? StandardWarps.For(_reader.Grids.Max(g => Math.Max(g.StrideX, g.StrideY)));
        _summary = new CorrespondenceSummary(network.Name, Context(isPlot: false), network.Origin);
    }

    /// <summary>The movements.</summary>
    public IReadOnlyList<CnnWarp> Warps => _warps;

    /// <summary>What makes measures of scores.</summary>
    /// <param name="isPlot">Whether one object that can be drawn is given.</param>
    public CorrespondenceContext Context(bool isPlot) =>
        new([.. _reader.Layers.Select((layer, i) => new PlacedLayer(layer.Alias, _reader.Grids[i], layer.ReceptiveField!.Size))], [.. _warps.Select(w => w.ToString())], _options.Seed, isPlot);

    /// <summary>Adds the readable pictures of a batch.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Takes the share of the batch that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Add(ImageBatch batch, Action<double> progress, CancellationToken cancellation = default)
    {
        foreach (FoundScores found in Look(batch, progress, cancellation)) _summary.Add(found);
    }

    /// <summary>What the readable pictures of a batch give, each by itself.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Takes the share of the batch that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<FoundScores> Look(ImageBatch batch, Action<double> progress, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        float[] all = pixels.ToFloats();
        int length = _network.Input.Length, count = all.Length / length;
        var found = new FoundScores[count];
        for (int i = 0; i < count; i++)
        {
            found[i] = Measure(all.AsSpan(i * length, length).ToArray(), cancellation);
            progress((i + 1.0) / count);
        }
        return found;
    }

    /// <summary>What was measured, by movement (all together last), layer and features.</summary>
    public CorrespondenceMeasure[] Measures => _summary.Measures;

    private FoundScores Measure(float[] picture, CancellationToken cancellation)
    {
        int width = _network.Input.Width, height = _network.Input.Height, length = picture.Length;
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(picture), _options.Seed);
        var random = new Random((int)(hash & int.MaxValue));
        IWarp[] warps = [.. _warps.Select(w => Warp.Of(w, width, height, random))];
        float[] pictures = new float[(warps.Length + 1) * length]; // as it is, then moved
        picture.CopyTo(pictures, 0);
        for (int i = 0; i < warps.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> moved = pictures.AsSpan((i + 1) * length, length);
            Warp.Apply(picture, width, height, warps[i], moved);
            Disturb(moved, random);
        }

        var scores = new List<FoundScore>();
        var learned = Read(_reader, pictures, cancellation);
        var forgotten = Read(_forgetfulReader, pictures, cancellation);
        for (int layer = 0; layer < _reader.Layers.Count; layer++)
        {
            UnitGrid grid = _reader.Grids[layer];
            FeatureGrid raw = PixelFeatures.Raw(picture, width, height, grid, _options.Metric);
            var together = _kinds.ToDictionary(k => k, _ => new PointErrors());
            for (int i = 0; i < warps.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                int[] units = Units(grid, warps[i]);
                foreach (CorrespondenceFeatures kind in _kinds)
                {
                    var (first, second) = kind switch
                    {
                        CorrespondenceFeatures.Network => (learned[0][layer], learned[i + 1][layer]),
                        CorrespondenceFeatures.RandomWeights => (forgotten[0][layer], forgotten[i + 1][layer]),
                        CorrespondenceFeatures.RawPixels => (raw, PixelFeatures.Raw(pictures.AsSpan((i + 1) * length, length), width, height, grid, _options.Metric)),
                        CorrespondenceFeatures.RandomFeatures => (PixelFeatures.Random(grid, _options.Metric, random), PixelFeatures.Random(grid, _options.Metric, random)),
                        _ => default((FeatureGrid?, FeatureGrid?)),
                    };
                    var own = new PointErrors();
                    foreach (double error in first is null || second is null ? Still(grid, warps[i], units) : Errors(first, second, warps[i], units, cancellation))
                    {
                        own.Add(error);
                        together[kind].Add(error);
                    }
                    if (_options.ByWarp) Add(layer, kind, i, own);
                }
            }
            foreach (CorrespondenceFeatures kind in _kinds) Add(layer, kind, -1, together[kind]);
        }
        return new FoundScores([.. scores]);

        // A picture without points says nothing.
        void Add(int layer, CorrespondenceFeatures kind, int warp, PointErrors errors)
        {
            double side = Math.Max(width, height);
            if (errors.Count > 0) scores.Add(new FoundScore(layer, kind, warp, errors.Count, errors.Within(0.1 * side), errors.Within(0.05 * side), errors.Within(0.025 * side), errors.Median));
        }
    }

    private void Disturb(Span<float> values, Random random)
    {
        if (_options.Brightness == 0 && _options.Noise == 0) return;
        foreach (ref float value in values)
        {
            double noise = _options.Noise == 0 ? 0 : _options.Noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            value = (float)Math.Clamp(value + _options.Brightness + noise, 0, 1);
        }
    }

    private FeatureGrid[][] Read(FeatureReader reader, float[] pictures, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        CnnInput input = _network.Input;
        var grids = new List<FeatureGrid[]>();
        for (int first = 0, count = pictures.Length / input.Length; first < count; first += _options.BatchSize)
        {
            using var inner = NewDisposeScope();
            int size = Math.Min(_options.BatchSize, count - first);
            grids.AddRange(reader.Read(tensor(pictures.AsSpan(first * input.Length, size * input.Length).ToArray()).reshape(size, input.Channels, input.Height, input.Width).to(_network.TorchDevice), cancellation));
        }
        return [.. grids];
    }

    /// <summary>The units whose content is in the moved picture and where units look, spread evenly where they are too many.</summary>
    private int[] Units(UnitGrid grid, IWarp warp)
    {
        int[] all = [.. Enumerable.Range(0, grid.Count).Where(unit => InPicture(grid.X(unit % grid.Columns), grid.Y(unit / grid.Columns)) && Goal(grid, warp, unit) is var (x, y) && InPicture(x, y) && grid.Covers(x, y))];
        return all.Length <= _options.MostPoints ? all : [.. Enumerable.Range(0, _options.MostPoints).Select(i => all[(int)((long)i * all.Length / _options.MostPoints)])];
    }

    private bool InPicture(double x, double y) => x >= 0 && y >= 0 && x <= _network.Input.Width && y <= _network.Input.Height;

    private static (double X, double Y) Goal(UnitGrid grid, IWarp warp, int unit) => warp.Forward(grid.X(unit % grid.Columns), grid.Y(unit / grid.Columns));

    private static IEnumerable<double> Still(UnitGrid grid, IWarp warp, int[] units) => units.Select(unit => Distance(Goal(grid, warp, unit), (grid.X(unit % grid.Columns), grid.Y(unit / grid.Columns))));

    private IEnumerable<double> Errors(FeatureGrid first, FeatureGrid second, IWarp warp, int[] units, CancellationToken cancellation)
    {
        if (units.Length == 0) yield break;
        UnitGrid grid = first.Grid;
        int[]? aligned = _options.Alignment is { } alignment ? FeatureAlignment.Of(first, second, alignment, cancellation).Matches : null;
        int[] best = aligned is null ? NearestUnits.Find(first, second, units, cancellation).Best : [.. units.Select(unit => aligned[unit])];
        for (int i = 0; i < units.Length; i++)
        {
            int unit = units[i], match = first.IsEmpty(unit) && aligned is null ? unit : best[i];
            var (row, column) = first.IsEmpty(unit) ? default : SubCell.Of(first, unit, second, match);
            yield return Distance(Goal(grid, warp, unit), (grid.X(match % grid.Columns + column), grid.Y(match / grid.Columns + row)));
        }
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    /// <inheritdoc/>
    public void Dispose() => _forgetful.Dispose();
}
