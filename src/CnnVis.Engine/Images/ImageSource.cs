using CnnVis.Engine.Models;

namespace CnnVis.Engine.Images;

/// <summary>
/// Where a picture comes from: a file, an entry of a tar file, whose path goes on inside it (<c>train.tar/n01443537/x.JPEG</c>), or a page of a TIFF file (<c>stack.tif#3</c>).
/// </summary>
/// <param name="Path">The path, which opens the picture again.</param>
public sealed record ImageSource(string Path)
{
    /// <summary>The file that holds its bytes.</summary>
    public string File { get; private init; } = Path;

    /// <summary>Where in the file they begin.</summary>
    public long Offset { get; private init; }

    /// <summary>How many they are; null for all to the file's end.</summary>
    public long? Length { get; private init; }

    /// <summary>Which page of a file that has several, counted from 1; null for the first, where nobody asked for one.</summary>
    public int? Page { get; private init; }

    /// <summary>A picture in memory, or a part of one; null for a whole file.</summary>
    public CnnPicture? Picture { get; private init; }

    /// <summary>What the picture shows, where whoever named it said so.</summary>
    public string? Label { get; init; }

    /// <summary>The picture at a path, looked up where that goes on inside a tar file.</summary>
    /// <exception cref="CnnVisException">The tar file has no such entry (PathNotFound), or cannot be read (ImageUnreadable).</exception>
    public static ImageSource Of(string path) => new ImageSource(path).Located();

    /// <summary>A picture that comes from another result.</summary>
    public static ImageSource Of(CnnPicture picture) => new(picture.Path) { Picture = picture.IsInMemory || picture.Box is not null ? picture : null, Label = picture.Label };

    /// <summary>The picture, for results to carry.</summary>
    public CnnPicture ToPicture() => Picture ?? CnnPicture.OfFile(Path) with { Label = Label };

    /// <summary>Where a network's result about it comes from.</summary>
    internal Origin OriginOf(Network network) => network.Origin with { Picture = ToPicture() };

    /// <summary>A picture of which all is known.</summary>
    internal static ImageSource Of(string path, string file, long offset, long? length, int? page) => new(path) { File = file, Offset = offset, Length = length, Page = page };

    /// <summary>An entry of a tar file.</summary>
    internal static ImageSource InTar(string tar, string entry, long offset, long length) => new($"{tar}/{entry}") { File = tar, Offset = offset, Length = length };

    /// <summary>The same, its bytes found.</summary>
    public ImageSource Located()
    {
        if (Length is not null || Picture is { IsInMemory: true }) return this;
        PagePath place = PagePath.Of(Path);
        if (TarPath.Of(place.File) is not { } inTar) return this with { File = place.File, Page = place.Page };
        var (offset, length) = TarIndex.Find(inTar);
        return this with { File = inTar.Tar, Offset = offset, Length = length, Page = place.Page };
    }

    /// <summary>One page of it.</summary>
    internal ImageSource AtPage(int page) => this with { Path = new PagePath(Path, page).ToString(), Page = page };
}
