namespace CnnVis;

/// <summary>A picture that goes from one cmdlet to another: a file, a part of one, or pixels in memory, which are taken exactly as they are.</summary>
public sealed record CnnPicture
{
    private CnnPicture(string path) => Path = path;

    /// <summary>The file; of a picture in memory, what results call it.</summary>
    public string Path { get; }

    /// <summary>What it shows, where that is known.</summary>
    public string? Label { get; init; }

    /// <summary>The part of the upright picture that is meant, stretched to a network's whole input; null for all of it, prepared as any photo.</summary>
    public PixelBox? Box { get; private init; }

    /// <summary>In memory: values in [0, 1], [channels, rows, columns]; null where there are none.</summary>
    public float[]? Values { get; private init; }

    /// <summary>Planes of <see cref="Values"/>.</summary>
    public int Channels { get; private init; }

    /// <summary>Rows of <see cref="Values"/>.</summary>
    public int Height { get; private init; }

    /// <summary>Columns of <see cref="Values"/>.</summary>
    public int Width { get; private init; }

    /// <summary>In memory: 8-bit pixels; null where there are none.</summary>
    public PixelImage? Image { get; private init; }

    /// <summary>Whether it is no file.</summary>
    public bool IsInMemory => Values is not null || Image is not null;

    /// <summary>A file, or an entry of a tar file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="box">The part that is meant; null for all.</param>
    public static CnnPicture OfFile(string path, PixelBox? box = null) => new(path) { Box = box };

    /// <summary>Values in memory.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="values">[channels, height, width] in [0, 1]; kept, not copied.</param>
    /// <param name="channels">1 for grey, 3 for RGB, or whatever a network takes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    public static CnnPicture Of(string name, float[] values, int channels, int height, int width) => values.LongLength == (long)channels * height * width && values.Length > 0
        ? new CnnPicture(name) { Values = values, Channels = channels, Height = height, Width = width }
        : throw new ArgumentException($"A picture of {channels} x {height} x {width} has not {values.Length} values.", nameof(values));

    /// <summary>Pixels in memory.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="image">The pixels.</param>
    public static CnnPicture Of(string name, PixelImage image) => new(name) { Image = image };

    /// <summary>A part of it.</summary>
    public CnnPicture Part(PixelBox box) => this with { Box = box };

    /// <summary>What results call a picture that was made of the one at a path: the name in its folder, so that what the folder says still holds.</summary>
    internal static string NameOf(string? path, string made)
    {
        if (string.IsNullOrEmpty(path)) return made;
        string name = $"{System.IO.Path.GetFileNameWithoutExtension(path)} ({made})";
        return System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? System.IO.Path.Combine(folder, name) : name;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
