using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Accuracy.Labels;

/// <summary>
/// Where it stands what pictures show. Each source gives for a path the acceptable labels with | between, empty where it says that none is (such pictures do not count), and null where it
/// says nothing.
/// </summary>
public static class LabelSets
{
    private const char Separator = '|';

    /// <summary>The labels as one text.</summary>
    public static string Join(IEnumerable<string> labels) => string.Join(Separator, labels);

    /// <summary>The labels of one text.</summary>
    public static string[] Split(string labels) => labels.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names of the folders that pictures lie in.</summary>
    public static Func<string, string?> Folders => FolderLabel.Of;

    /// <summary>
    /// What a regular expression finds: its group <c>label</c>, else its first, else all of it. It is looked for in the file's name, and where it is not found there in the whole path (folders
    /// have / between them on every system), of which the last match counts: folders far above the pictures do not say what these show.
    /// </summary>
    /// <exception cref="CnnVisException">It is no regular expression; or, of what is returned, it takes more than a second for a path.</exception>
    public static Func<string, string?> Pattern(string pattern)
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException error)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{pattern}' is no regular expression: {error.Message}", pattern, error);
        }
        return path =>
        {
            string slashed = path.Replace('\\', '/');
            try
            {
                Match? match = regex.Match(slashed[(slashed.LastIndexOf('/') + 1)..]) is { Success: true } inName ? inName : regex.Matches(slashed).LastOrDefault();
                if (match is null) return null;
                return (match.Groups["label"] is { Success: true } named ? named : match.Groups.Count > 1 ? match.Groups[1] : match.Groups[0]).Value;
            }
            catch (RegexMatchTimeoutException error)
            {
                throw new CnnVisException(ErrorIds.InvalidArgument, $"'{pattern}' takes more than a second for '{path}'. Write it without nested repetitions.", pattern, error);
            }
        };
    }

    /// <summary>
    /// A file: a table of files and classes (<see cref="LabelTable"/>), or JSON: an object of lists by file name, or a list of lists whose n-th is of the picture whose name ends in the number n,
    /// as in <c>ILSVRC2012_val_00000001.JPEG</c>; that is the form of ReaL (Beyer et al. 2020).
    /// </summary>
    /// <exception cref="CnnVisException">It cannot be read, or is neither.</exception>
    public static Func<string, string?> File(string path)
    {
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) return Json(path);
        LabelTable table = LabelTable.Read(path);
        return file => table.AllOf(file) is { Count: > 0 } labels ? Join(labels) : null; // a field may itself hold several
    }

    private static Func<string, string?> Json(string path)
    {
        try
        {
            using FileStream stream = PlainFile.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                string[] sets = [.. root.EnumerateArray().Select(Labels)];
                return file => Number(file) is { } number && number >= 1 && number <= sets.Length ? sets[number - 1] : null;
            }
            if (root.ValueKind != JsonValueKind.Object) throw new JsonException("it is neither a list of lists nor an object of lists by file name");
            var table = new FileLookup<string>();
            foreach (JsonProperty entry in root.EnumerateObject()) table.Add(entry.Name, Labels(entry.Value));
            return file => table.Of(file) is [var labels, ..] ? labels : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The labels in '{path}' cannot be read: {error.Message}", path, error);
        }
    }

    /// <summary>One label, or a list of them: names or output indices.</summary>
    private static string Labels(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Join(value.EnumerateArray().Select(Labels)),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetInt32(out int index) => index.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException($"'{value}' is no label: names and output indices are understood"),
    };

    private static int? Number(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int digits = name.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && int.TryParse(name[^digits..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
