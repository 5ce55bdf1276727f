using System.IO.Hashing;
using System.Text;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Scans;

/// <summary>An image of a scan.</summary>
/// <param name="Index">Its place among all that were listed.</param>
/// <param name="Path">The file, or the entry of a tar file.</param>
/// <param name="Label">What it shows, where that is known.</param>
public sealed record ListedImage(long Index, string Path, string? Label)
{
    /// <summary>The picture itself where it is no whole file; null otherwise.</summary>
    internal CnnPicture? Picture { get; init; }

    /// <summary>Bytes of its file when it was listed; 0 where there is none.</summary>
    internal long Bytes { get; init; }

    /// <summary>When its file was last written, in ticks of UTC; 0 where there is none.</summary>
    internal long Written { get; init; }

    /// <summary>What changes when the file does. Sums of it do not depend on the order.</summary>
    internal ulong Stamp => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Path}\0{Bytes}")), Written);

    /// <summary>Where a network's result about it comes from; null where the network is not here.</summary>
    internal Origin? OriginOf(Origin? network) => network is null ? null : network with { Picture = Picture ?? CnnPicture.OfFile(Path) with { Label = Label } };

    /// <summary>The next of a list, and what its file is like now.</summary>
    internal static ListedImage Of(long index, ImageSource source)
    {
        var image = new ListedImage(index, source.Path, source.Label) { Picture = source.Picture };
        if (source.Picture is { IsInMemory: true }) return image;
        var file = new FileInfo(TarPath.Of(PagePath.Of(source.File).File)?.Tar ?? PagePath.Of(source.File).File);
        return file.Exists ? image with { Bytes = source.Length ?? file.Length, Written = file.LastWriteTimeUtc.Ticks } : image;
    }
}
