using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>The pages of TIFF files, each of which is a picture.</summary>
internal static class TiffPages
{
    /// <summary>The lists of the last few stacks, so that of one of a thousand pages a thousand directories are read, and not a million. A file that changed is read again.</summary>
    private static readonly RecentlyUsed<(string File, long Offset, long Length, DateTime Written), (List<TiffDirectory> Pages, string? Damage)> _recent = new(8);

    /// <summary>The pages of an open file.</summary>
    /// <param name="source">Which file, and which page of it is wanted.</param>
    /// <param name="file">The same, open.</param>
    /// <param name="length">Bytes of the TIFF in it.</param>
    /// <returns>The pages, and what is wrong with the one after those.</returns>
    public static (List<TiffDirectory> Pages, string? Damage) List(ImageSource source, FileStream file, long length)
    {
        return source.Page > 1 ? _recent.GetOrAdd((source.File, source.Offset, length, File.GetLastWriteTimeUtc(file.SafeFileHandle)), Read) : Read();

        (List<TiffDirectory>, string?) Read() => (TiffDirectory.Pages(file.SafeFileHandle, source.Offset, length, out string? damage), damage);
    }

    /// <summary>A picture for each page; the file itself where it has one, is no TIFF file, or cannot be read, which is told when it is decoded.</summary>
    /// <param name="source">A file, or an entry of a tar file.</param>
    /// <param name="failed">Takes what keeps the last pages from being found.</param>
    public static IEnumerable<ImageSource> Of(ImageSource source, Action<CnnVisException> failed)
    {
        if (source.Page is not null || !PagePath.HasPages(source.Path)) return [source];
        try
        {
            ImageSource whole = source.Located();
            using FileStream file = PlainFile.OpenRead(whole.File, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long length = whole.Length ?? file.Length;
            Span<byte> signature = stackalloc byte[4];
            file.Position = whole.Offset;
            if (file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false) < signature.Length || !TiffDirectory.Recognises(signature)) return [source];
            int pages = TiffDirectory.Pages(file.SafeFileHandle, whole.Offset, length, out string? damage).Count;
            if (pages > 0 && damage is not null) failed(EncodedImage.Unreadable(source.Path, $"{damage}. Its pages after page {pages} are left out"));
            return pages > 1 ? Enumerable.Range(1, pages).Select(source.AtPage) : [source];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CnnVisException)
        {
            return [source];
        }
    }
}
