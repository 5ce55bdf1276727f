using CnnVis.Engine.Images.Decoding;

namespace CnnVis.Engine.Images;

/// <summary>Finds the pictures that paths name: files, folders, tar files, folders and entries of tar files, and pages of TIFF files.</summary>
public static class ImageSources
{
    /// <summary>Whether something is there that <see cref="In"/> can look into.</summary>
    public static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || TarPath.Of(path) is not null || PagePath.Of(path) is { Page: not null } place && Exists(place.File);

    /// <summary>Whether a path names one picture for certain: a file that is no collection of them.</summary>
    public static bool IsOneFile(string path) => File.Exists(path) && !TarPath.IsTar(path) && !PagePath.HasPages(path);

    /// <summary>The pictures at a path, one by one: those of a folder in ordinal order, those of a tar file in its order, or the file itself, whatever its name. A TIFF file of several pages is as many pictures.</summary>
    /// <param name="path">What is looked into.</param>
    /// <param name="recurse">Look into subfolders of a folder too; a tar file is taken whole.</param>
    /// <param name="failed">Takes what is wrong with the folder or tar file: no picture in it, or damage.</param>
    public static IEnumerable<ImageSource> In(string path, bool recurse, Action<CnnVisException> failed) =>
        PagePath.Of(path).Page is not null ? [new ImageSource(path)] : Files(path, recurse, failed).SelectMany(source => TiffPages.Of(source, failed));

    private static IEnumerable<ImageSource> Files(string path, bool recurse, Action<CnnVisException> failed)
    {
        if (Directory.Exists(path)) return Unbroken(found => ImageFiles.In(path, recurse, found).Select(f => new ImageSource(f)), path, recurse ? "" : "; -Recurse looks into its subfolders too", failed);
        if (TarPath.IsCompressedTar(path))
        {
            failed(new CnnVisException(ErrorIds.ImageUnreadable, $"'{path}' is compressed, so that its pictures cannot be reached one by one. Uncompress it to a .tar first, with gunzip or the like.", path));
            return [];
        }
        if (TarPath.Of(path) is { } place) return ImageFiles.IsImage(place.Entry) ? [new ImageSource(path)] : InTar(path, place, failed);
        return TarPath.IsTar(path) && File.Exists(path) ? InTar(path, new TarPath(path, ""), failed) : [new ImageSource(path)];
    }

    private static IEnumerable<ImageSource> InTar(string path, TarPath place, Action<CnnVisException> failed) => Unbroken(found => TarFile.Pictures(place.Tar, place.Entry, found), path, "", failed);

    /// <summary>Says that nothing is there only where nothing else was wrong.</summary>
    private static IEnumerable<ImageSource> Unbroken(Func<Action<CnnVisException>, IEnumerable<ImageSource>> sources, string path, string advice, Action<CnnVisException> failed)
    {
        bool broken = false;
        return Some(sources(Failed), path, advice, error => { if (!broken) failed(error); });

        void Failed(CnnVisException error)
        {
            broken = true;
            failed(error);
        }
    }

    private static IEnumerable<ImageSource> Some(IEnumerable<ImageSource> sources, string path, string advice, Action<CnnVisException> failed)
    {
        bool any = false;
        foreach (ImageSource source in sources)
        {
            any = true;
            yield return source;
        }
        if (!any) failed(new CnnVisException(ErrorIds.NoImages, $"There is no picture in '{path}'{advice}.", path));
    }
}
