namespace CnnVis.Engine.Models;

/// <summary>What a file does not say of the network inside; anything left null is taken from the file, or from the usual.</summary>
public sealed record ImportOptions
{
    /// <summary>Name to give it; the file's name if null.</summary>
    public string? Name { get; init; }

    /// <summary>Class names by output index.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Per channel, subtracted from values in [0, 1] before anything else.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Per channel, divided by after <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? StandardDeviation { get; init; }

    /// <summary>Rows and columns, for a network that leaves them open.</summary>
    public int? InputSize { get; init; }

    /// <summary>How photos are brought to the input's size.</summary>
    public ResizeMode? ResizeMode { get; init; }

    /// <summary>Length of the shorter side before the centre crop.</summary>
    public int? ResizeTo { get; init; }
}
