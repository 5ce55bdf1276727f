using System.Runtime.InteropServices;
using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>
/// Keeps the strongest places of units over a stream of batches. Of each batch only the largest value of every map is compared; maps are looked into
/// where that exceeds the last value that their unit keeps, which soon is rare.
/// </summary>
internal sealed class UnitRecorder
{
    private readonly TopList[] _lists;
    private readonly PlacePicker _picker;
    private readonly float[] _thresholds;

    public UnitRecorder(UnitMaps maps, RetrievalQuery query)
    {
        Maps = maps;
        _lists = [.. maps.Units.Select(_ => new TopList(query.Top))];
        _picker = new PlacePicker(query.PerImage, query.Overlap);
        _thresholds = new float[_lists.Length];
        Array.Fill(_thresholds, float.NegativeInfinity);
    }

    public UnitMaps Maps { get; }

    /// <summary>Adds a batch.</summary>
    /// <param name="output">The layer's value, [N, C, …].</param>
    /// <param name="images">The N images.</param>
    /// <param name="views">What of each the network sees.</param>
    public void Add(Tensor output, IReadOnlyList<ListedImage> images, IReadOnlyList<PixelView> views)
    {
        Tensor maps = Maps.Of(output); // [N, units, positions]
        long positions = maps.shape[2];
        float[] largest = Host(positions == 1 ? maps.squeeze(2) : maps.amax([2])); // [N, units]
        long[] candidates = Candidates(largest);
        if (candidates.Length == 0) return;
        Memory<float> values = positions == 1 ? default : Host(maps.reshape(-1, positions).index_select(0, tensor(candidates, device: maps.device))); // [candidates, positions]
        for (int i = 0; i < candidates.Length; i++)
        {
            int at = (int)candidates[i];
            var (image, unit) = (at / _lists.Length, at % _lists.Length);
            ReadOnlyMemory<float> map = positions == 1 ? largest.AsMemory(at, 1) : values.Slice(i * (int)positions, (int)positions);
            foreach (var (position, box) in _picker.Pick(map, () => _lists[unit].Threshold, Maps.Box))
                _lists[unit].Add(new KeptPlace(map.Span[position], images[image], position, views[image].BoxOnPhoto(box), box));
            _thresholds[unit] = _lists[unit].Threshold;
        }
    }

    /// <summary>The units with their images.</summary>
    public IEnumerable<MaxActivatingUnit> Units() => Maps.Units.Select((unit, i) => unit with { Images = Images(_lists[i].Places) });

    /// <summary>Takes up what was kept before.</summary>
    public void Restore(IEnumerable<MaxActivatingUnit> units, Func<MaxActivatingImage, ListedImage> listed)
    {
        foreach (var (list, unit) in _lists.Zip(units))
            foreach (MaxActivatingImage image in unit.Images)
                list.Add(new KeptPlace(image.Value, listed(image), Maps.Position(image.Row, image.Column), image.Box, image.InputBox));
        for (int i = 0; i < _lists.Length; i++) _thresholds[i] = _lists[i].Threshold;
    }

    private long[] Candidates(float[] largest)
    {
        var found = new List<long>(); // a NaN may hide numbers
        for (int first = 0; first < largest.Length; first += _thresholds.Length)
            for (int unit = 0; unit < _thresholds.Length; unit++)
                if (!(largest[first + unit] <= _thresholds[unit])) found.Add(first + unit);
        return [.. found];
    }

    private MaxActivatingImage[] Images(IReadOnlyList<KeptPlace> places) => [.. places.Select((place, i) => new MaxActivatingImage
    {
        Order = i + 1,
        Path = place.Image.Path,
        Label = place.Image.Label,
        Index = place.Image.Index,
        Value = place.Value,
        NormalizedValue = MaxActivatingImage.Normalize(place.Value, places[0].Value),
        Row = Maps.Place(place.Position)?.Row,
        Column = Maps.Place(place.Position)?.Column,
        Box = place.Box,
        InputBox = place.InputBox,
    })];

    private static float[] Host(Tensor values) => MemoryMarshal.Cast<byte, float>(values.cpu().contiguous().bytes).ToArray();
}
