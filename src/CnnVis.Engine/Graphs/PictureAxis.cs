namespace CnnVis.Engine.Graphs;

/// <summary>
/// Where the pictures of a batch are in a value: an axis of <paramref name="Outer"/> · N · <paramref name="Inner"/> places, the picture's number being counted as the letters stand. Windows of
/// Swin's are [N · windows, tokens, features], so that Inner is the number of windows.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Outer">How many times the batch comes.</param>
/// <param name="Inner">How many places a picture has one after the other.</param>
internal readonly record struct PictureAxis(int Axis, long Outer, long Inner)
{
    /// <summary>Whether the first axis is the batch and nothing else.</summary>
    public bool IsFirst => (Axis, Outer, Inner) == (0, 1, 1);

    /// <summary>The value's shape with the pictures' axis, -1, taken apart.</summary>
    /// <param name="shape">The value's shape for one picture.</param>
    public long[] Apart(IReadOnlyList<long> shape) => [.. shape.Take(Axis), .. Outer > 1 ? [Outer] : Array.Empty<long>(), -1, .. Inner > 1 ? [Inner] : Array.Empty<long>(), .. shape.Skip(Axis + 1)];

    /// <summary>What a picture has of it.</summary>
    /// <param name="shape">The value's shape for one picture.</param>
    public long[] Own(IReadOnlyList<long> shape) => [.. Apart(shape).Where(d => d >= 0)];
}
