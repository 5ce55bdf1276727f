using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>Reads keypoints: tables, SPair-71k's annotations of pictures and pairs (.json), Berkeley's of PASCAL VOC (.xml), and folders of such files.</summary>
public static class KeypointFiles
{
    private static readonly string[] _extensions = [".csv", ".tsv", ".txt", ".json", ".xml"];

    /// <summary>The objects of files and folders, each once, in order.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="imageFolder">Where the pictures lie; null to look beside the files.</param>
    /// <param name="failed">Takes the error of a file that cannot be read, and of an object whose picture is not there.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    public static IReadOnlyList<KeypointObject> Read(IEnumerable<string> paths, string? imageFolder, Action<CnnVisException> failed, CancellationToken cancellation = default)
    {
        var objects = new OrderedDictionary<(string, string, KeypointBox?), KeypointObject>();
        foreach (string path in paths)
            foreach (string file in Files(path, failed))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    var pictures = new PictureFinder(file, imageFolder);
                    foreach (KeypointObject found in In(file))
                        if (pictures.Find(found.Path, found.Class) is { } picture) Add(found with { Path = picture });
                        else failed(new CnnVisException(ErrorIds.PathNotFound, $"The picture '{found.Path}' of '{file}' is not there: say with -ImagePath which folder it lies in.", found.Path));
                }
                catch (CnnVisException error)
                {
                    failed(error);
                }
            }
        return objects.Values.ToArray();

        // Pairs name an object many times, with those keypoints that both have.
        void Add(KeypointObject found)
        {
            var key = (found.Path, found.Class, found.Box);
            objects[key] = objects.TryGetValue(key, out KeypointObject? known) ? known with { Keypoints = known.Keypoints.UnionBy(found.Keypoints, k => k.Name, StringComparer.Ordinal).ToArray() } : found;
        }
    }

    private static IEnumerable<string> Files(string path, Action<CnnVisException> failed)
    {
        if (!Directory.Exists(path)) return [path];
        string[] files = [];
        try
        {
            files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => _extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
            if (files.Length == 0) failed(new CnnVisException(ErrorIds.PathNotFound, $"There is no file of keypoints (.csv, .json or .xml) in '{path}'.", path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failed(new CnnVisException(ErrorIds.FolderUnreadable, $"'{path}' cannot be read: {error.Message}", path, error));
        }
        return files;
    }

    private static IEnumerable<KeypointObject> In(string file)
    {
        PlainFile.Ensure(file);
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".json" => SpairAnnotation.Read(file),
            ".xml" => BerkeleyAnnotation.Read(file),
            _ => KeypointTable.Read(file),
        };
    }
}
