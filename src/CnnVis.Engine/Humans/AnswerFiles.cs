using CnnVis.Engine.Images;

namespace CnnVis.Engine.Humans;

/// <summary>Finds and reads files of answers: tables (csv, tsv, txt) and exports of labeling pages (json).</summary>
public static class AnswerFiles
{
    private static readonly string[] _extensions = [".csv", ".tsv", ".txt", ".json"];

    /// <summary>The files at a path: those of a folder in ordinal order, or the file itself.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="recurse">Look into subfolders too.</param>
    /// <exception cref="CnnVisException">The folder has none, or cannot be read.</exception>
    public static IReadOnlyList<string> In(string path, bool recurse)
    {
        if (!Directory.Exists(path)) return [path];
        try
        {
            string[] found = [.. Directory.EnumerateFiles(path, "*", recurse ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Where(f => _extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
            return found.Length > 0 ? found : throw new CnnVisException(ErrorIds.PathNotFound, $"'{path}' has no files of answers (.csv, .tsv, .txt or .json){(recurse ? "" : "; -Recurse looks into its subfolders too")}.", path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.FolderUnreadable, $"The folder '{path}' cannot be read: {error.Message}", path, error);
        }
    }

    /// <summary>The answers in a file, in the order in which they were given, and the tags of errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Told of each row that is wrong; it is left out.</param>
    /// <exception cref="CnnVisException">The file cannot be read.</exception>
    public static (IReadOnlyList<LabelerAnswer> Answers, IReadOnlyList<ErrorTag> Tags) Read(string path, Action<CnnVisException> report)
    {
        if (ImageFiles.IsImage(path)) throw new CnnVisException(ErrorIds.AnswersUnreadable, $"'{path}' is a picture: answers stand in tables or in what a labeling page exports; pictures are named by -ImagePath.", path);
        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? LabelingExport.Read(path) : TrialTable.Read(path, report);
    }
}
