using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Models.Downloads;

/// <summary>Weights of a network of the catalog on this machine, whole or begun, with what is kept beside them.</summary>
/// <param name="Network">Name of the network; of several with one file the first.</param>
/// <param name="Path">The weight file.</param>
/// <param name="Bytes">What it and the files beside it take.</param>
public sealed record CachedWeights(string Network, string Path, long Bytes)
{
    private string[] Files => [Path, Path + ".checked", PartialFile.PathOf(Path), PartialFile.PathOf(Path) + ".version"];

    /// <summary>All that are there.</summary>
    public static IEnumerable<CachedWeights> All() => NetworkCatalog.Names.Select(name => (Name: name, File: CatalogModel.FindWeights(NetworkCatalog.Find(name)!)))
        .Where(n => n.File is not null).DistinctBy(n => n.File!.LocalPath).Select(n => new CachedWeights(n.Name, n.File!.LocalPath, 0))
        .Select(c => c with { Bytes = c.Files.Where(File.Exists).Sum(f => new FileInfo(f).Length) }).Where(c => c.Files.Any(File.Exists));

    /// <summary>Removes it, unless it is being downloaded.</summary>
    /// <exception cref="CnnVisException">It cannot be removed (WriteFailed).</exception>
    public void Remove()
    {
        try
        {
            using PartialFile? held = PartialFile.TryOpen(Path) ?? throw new IOException("another process is downloading it");
            foreach (string file in Files) File.Delete(file);
            File.Delete(PartialFile.PathOf(Path) + ".lock");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.WriteFailed, $"'{Path}' could not be removed: {error.Message.TrimEnd('.')}.", Path, error);
        }
    }
}
