using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attributes;

/// <summary>Measures pictures one after the other; what takes all of them comes at the end: near duplicates, and how hard their classes are.</summary>
public sealed class AttributeScan
{
    private readonly AttributeContext _context;
    private readonly NearDuplicates? _duplicates;
    private readonly List<ImageAttributes> _kept = [];
    private readonly Dictionary<string, List<(PixelBox Box, int Width, int Height)>> _byClass = new(StringComparer.Ordinal);

    /// <param name="context">What takes all pictures.</param>
    public AttributeScan(AttributeContext context) => (_context, _duplicates) = (context, context.FindsDuplicates ? new NearDuplicates() : null);

    /// <summary>Whether results are there only when all pictures were seen.</summary>
    public bool IsWhole => _context.HasBoxes || _duplicates is not null;

    /// <summary>Measures pictures, several at a time.</summary>
    /// <param name="sources">The pictures.</param>
    /// <param name="boxes">Boxes of a picture; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>For each what was found, or why it could not be read.</returns>
    public IReadOnlyList<(FoundAttributes? Found, CnnVisException? Error)> Look(IReadOnlyList<ImageSource> sources, Func<ImageSource, IReadOnlyList<PixelBox>>? boxes, CancellationToken cancellation) =>
        [.. ImageAttributeReader.Read(sources, _duplicates is not null, cancellation).Select((measured, i) =>
        {
            if (measured.Attributes is not { } attributes) return ((FoundAttributes?)null, measured.Error);
            IReadOnlyList<PixelBox>? round = boxes?.Invoke(sources[i]);
            return (new FoundAttributes(round is null ? attributes : BoxMeasures.Add(attributes, round), measured.Signature?.Hash, measured.Signature is { } s ? [.. s.Thumbnail] : null, round is null ? null : [.. round.Select(b => new[] { b.X, b.Y, b.Width, b.Height })]), null);
        })];

    /// <summary>Takes a picture in.</summary>
    /// <returns>What can be told at once: all but what takes all pictures. Null where that was asked for.</returns>
    public ImageAttributes? Add(FoundAttributes found)
    {
        if (!IsWhole) return found.Attributes;
        if (_duplicates is not null) _duplicates.Add(found.Signature ?? throw new ArgumentException("A picture has no signature.", nameof(found)));
        if (_context.HasBoxes && found.Attributes.Label is { } label)
        {
            if (!_byClass.TryGetValue(label, out var all)) _byClass[label] = all = [];
            all.AddRange(found.PixelBoxes.Select(b => (b, found.Attributes.Width, found.Attributes.Height)));
        }
        _kept.Add(found.Attributes);
        return null;
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
}
