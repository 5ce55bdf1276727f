using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attributes;

/// <summary>A pass over pictures that measures them, and in the end what takes all of them: near duplicates and how alike the boxes of a class are.</summary>
public sealed class AttributeScan
{
    private readonly Func<ImageSource, IReadOnlyList<PixelBox>>? _boxes;
    private readonly NearDuplicates? _duplicates;
    private readonly List<ImageAttributes> _kept = [];
    private readonly Dictionary<string, List<(PixelBox Box, int Width, int Height)>> _byClass = new(StringComparer.Ordinal);

    /// <param name="boxes">Boxes of a picture; null for none.</param>
    /// <param name="findDuplicates">Whether near duplicates are looked for.</param>
    public AttributeScan(Func<ImageSource, IReadOnlyList<PixelBox>>? boxes, bool findDuplicates) => (_boxes, _duplicates) = (boxes, findDuplicates ? new NearDuplicates() : null);

    /// <summary>Whether results are there only when all pictures were seen.</summary>
    public bool IsWhole => _boxes is not null || _duplicates is not null;

    /// <summary>Measures pictures.</summary>
    /// <returns>What can be told at once: all but what takes all pictures. Nothing where that was asked for.</returns>
    public IReadOnlyList<ImageAttributes> Add(IReadOnlyList<ImageSource> sources, Action<CnnVisException> failed, CancellationToken cancellation)
    {
        List<ImageAttributes> done = [];
        IReadOnlyList<MeasuredImage> measured = ImageAttributeReader.Read(sources, _duplicates is not null, cancellation);
        for (int i = 0; i < measured.Count; i++)
        {
            if (measured[i].Error is { } error)
            {
                failed(error);
                continue;
            }
            ImageAttributes attributes = measured[i].Attributes!;
            if (measured[i].Signature is { } signature) _duplicates!.Add(signature);
            if (_boxes is not null) attributes = WithBoxes(attributes, _boxes(sources[i]));
            done.Add(attributes);
        }
        if (!IsWhole) return done;
        _kept.AddRange(done);
        return [];
    }

    /// <summary>What takes all pictures, once they were seen.</summary>
    public IEnumerable<ImageAttributes> Finish()
    {
        var chance = _byClass.ToDictionary(c => c.Key, c => BoxMeasures.ChancePerformance(c.Value), StringComparer.Ordinal);
        for (int i = 0; i < _kept.Count; i++)
        {
            ImageAttributes attributes = _kept[i];
            if (attributes.Label is { } label && chance.TryGetValue(label, out double? performance)) attributes = attributes with { ChancePerformance = performance };
            if (_duplicates is not null)
            {
                IReadOnlyList<int> near = _duplicates.Of(i);
                attributes = attributes with { NearDuplicateCount = near.Count, DuplicateOf = near.Count > 0 && near[0] < i ? _kept[near[0]].Path : null };
            }
            yield return attributes;
        }
    }

    private ImageAttributes WithBoxes(ImageAttributes attributes, IReadOnlyList<PixelBox> boxes)
    {
        if (attributes.Label is { } label)
        {
            if (!_byClass.TryGetValue(label, out var all)) _byClass[label] = all = [];
            all.AddRange(boxes.Select(b => (b, attributes.Width, attributes.Height)));
        }
        return BoxMeasures.Add(attributes, boxes);
    }
}
