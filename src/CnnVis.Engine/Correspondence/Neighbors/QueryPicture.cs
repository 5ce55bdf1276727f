using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>A picture that is to be put together of others' pieces, with what was found for each unit of each layer.</summary>
internal sealed class QueryPicture
{
    private readonly ulong _hash;

    /// <param name="path">The picture.</param>
    /// <param name="label">Its class.</param>
    /// <param name="pixels">[channels, height, width].</param>
    /// <param name="features">A grid a layer.</param>
    /// <param name="capacity">Largest number of neighbours.</param>
    /// <param name="seed">Of the controls.</param>
    public QueryPicture(string path, string? label, float[] pixels, FeatureGrid[] features, int capacity, int seed)
    {
        _hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(pixels), seed);
        (Path, Label, Pixels, Features) = (path, label, pixels, features);
        Nearest = Lists();
        SameClass = Lists();
        SamePlace = Lists();

        SmallestUnits[][] Lists() => [.. features.Select(f => Enumerable.Range(0, f.Grid.Count).Select(_ => new SmallestUnits(capacity)).ToArray())];
    }

    /// <summary>The picture.</summary>
    public string Path { get; }

    /// <summary>Its class.</summary>
    public string? Label { get; }

    /// <summary>[channels, height, width].</summary>
    public float[] Pixels { get; }

    /// <summary>A grid a layer.</summary>
    public FeatureGrid[] Features { get; }

    /// <summary>By layer and unit, the units with the nearest features.</summary>
    public SmallestUnits[][] Nearest { get; }

    /// <summary>By layer and unit, random units of pictures of the same class.</summary>
    public SmallestUnits[][] SameClass { get; }

    /// <summary>By layer and unit, the same unit of random pictures.</summary>
    public SmallestUnits[][] SamePlace { get; }

    /// <summary>Other pictures that came by.</summary>
    public long Others { get; set; }

    /// <summary>Random numbers for a layer and another picture, the same in whatever batch they come.</summary>
    public Random Random(int layer, int picture) => new((int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes<int>([layer, picture]), (long)_hash) & int.MaxValue));
}
