using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>What came down the pipeline, as far as a cmdlet can use it.</summary>
/// <param name="Item">The object itself.</param>
internal sealed record Piped(object Item)
{
    /// <summary>The network that made it; null where it tells none.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>What it is about; null where it tells nothing.</summary>
    public CnnQuestion? Question { get; init; }

    /// <summary>The picture that it is, or is about; null where it has none, or names it by <see cref="Path"/>.</summary>
    public CnnPicture? Picture { get; init; }

    /// <summary>A path, as a text or in a property.</summary>
    public string? Path { get; init; }

    /// <summary>Whether no character of <see cref="Path"/> is special.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>What the picture shows, where the object says so.</summary>
    public string? Label { get; init; }

    /// <summary>Whether it is a picture before anything else, which other networks than its own may be shown too.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Whether a picture can be had of it.</summary>
    public bool HasPicture => Picture is not null || Path is not null;
}
