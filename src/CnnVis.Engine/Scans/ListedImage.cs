namespace CnnVis.Engine.Scans;

/// <summary>An image of a scan.</summary>
/// <param name="Index">Its place among all that were listed.</param>
/// <param name="Path">The file, or the entry of a tar file.</param>
/// <param name="Label">What it shows, where that is known.</param>
public sealed record ListedImage(long Index, string Path, string? Label)
{
    /// <summary>The picture itself where it is no whole file; null otherwise.</summary>
    internal CnnPicture? Picture { get; init; }
}
