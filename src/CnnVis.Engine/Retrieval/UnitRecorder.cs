using System.Runtime.InteropServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>
/// Keeps the strongest places of units over a stream of batches. Of each batch only the largest value of every map is compared; maps are looked into, where they lie,
/// when that exceeds the last value that their unit keeps, which soon is rare.
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
        _picker = new PlacePicker(Math.Min(query.PerImage, query.Top), query.Overlap, maps.Box);
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
        float[] largest = (maps.shape[2] == 1 ? maps.squeeze(2) : maps.amax([2])).ToFloats(); // [N, units]
        int[] candidates = Candidates(largest);
        if (candidates.Length == 0) return;
        bool isHere = maps.device.type == TorchSharp.DeviceType.CPU;
        maps = isHere ? maps.flatten(0, 1).contiguous() : maps.flatten(0, 1).index_select(0, tensor(candidates, device: maps.device)).cpu(); // [N · units or candidates, positions]
        for (int first = 0, next; first < candidates.Length; first = next)
        {
            int image = candidates[first] / _lists.Length;
            for (next = first; next < candidates.Length && candidates[next] / _lists.Length == image;) next++;
            Tensor rows = isHere ? maps.narrow(0, image * _lists.Length, _lists.Length) : maps.narrow(0, first, next - first);
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(rows.bytes);
            int positions = values.Length / (int)rows.shape[0];
            for (int i = first; i < next; i++)
            {
                int unit = candidates[i] % _lists.Length;
                if (largest[candidates[i]] <= _thresholds[unit]) continue; // an image of this batch has raised it
                Keep(unit, values.Slice((isHere ? unit : i - first) * positions, positions), largest[candidates[i]], images[image], views[image]);
            }
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

    private void Keep(int unit, ReadOnlySpan<float> map, float largest, ListedImage image, in PixelView view)
    {
        TopList list = _lists[unit];
        foreach (var (position, box) in _picker.Pick(map, largest, list.Threshold)) list.Add(new KeptPlace(map[position], image, position, view.BoxOnPhoto(box), box));
        _thresholds[unit] = list.Threshold;
    }

    private int[] Candidates(float[] largest)
    {
        var found = new List<int>(); // a NaN may hide numbers
        for (int first = 0; first < largest.Length; first += _thresholds.Length)
            for (int unit = 0; unit < _thresholds.Length; unit++)
                if (!(largest[first + unit] <= _thresholds[unit])) found.Add(first + unit);
        return [.. found];
    }

    private MaxActivatingImage[] Images(IReadOnlyList<KeptPlace> places) => [.. places.Select((place, i) => new MaxActivatingImage
    {
        Order = i + 1,
        Origin = Maps.Origin with { Picture = place.Image.Picture ?? CnnPicture.OfFile(place.Image.Path) },
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
}
