using System.Globalization;
using System.Text;

namespace CnnVis.Engine.Tables;

/// <summary>A table in a text file, its first line the columns' names: separated by tabs, commas or semicolons, whichever the first line has most of; by blanks where it has none of them and is all numbers. Fields may be quoted.</summary>
internal sealed class DelimitedFile
{
    private readonly string[] _columns;

    private DelimitedFile(string path, string[] columns, List<(int Line, string[] Fields)> rows) => (Path, _columns, Rows) = (path, columns, rows);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The lines that are not empty, with their numbers.</summary>
    public IReadOnlyList<(int Line, string[] Fields)> Rows { get; }

    /// <exception cref="CnnVisException">The file is not there, cannot be read, or a line has another number of fields than the first.</exception>
    public static DelimitedFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"The table '{path}' cannot be read: {e.Message}", path, e);
        }
        string head = lines.FirstOrDefault() ?? "";
        char separator = Separator(head);
        string[] columns = [.. Split(head, separator).Select(c => c.Trim().TrimStart('#').ToLowerInvariant())];
        var rows = new List<(int, string[])>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;
            string[] fields = Split(lines[i], separator);
            if (fields.Length != columns.Length)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"Line {i + 1} of '{path}' has {fields.Length} fields where the first line has {columns.Length}.", path);
            rows.Add((i + 1, fields));
        }
        return new DelimitedFile(path, columns, rows);
    }

    /// <summary>Names of the columns, in lower case.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Place of the column with one of these names; -1 where there is none.</summary>
    public int Find(params string[] names) => Array.FindIndex(_columns, names.Contains);

    /// <summary>Place of the column with one of these names.</summary>
    /// <exception cref="CnnVisException">There is none.</exception>
    public int Require(string what, params string[] names) => Find(names) is >= 0 and var column ? column
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"'{Path}' has no column for {what}: call one {string.Join(", ", names[..^1])} or {names[^1]}. Its first line has {string.Join(", ", _columns)}.", Path);

    private static char Separator(string head)
    {
        char[] usual = ['\t', ',', ';'];
        bool blanks = head.IndexOfAny(usual) < 0 && Split(head, ' ') is { Length: > 1 } fields && fields.All(f => float.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return blanks ? ' ' : usual.MaxBy(c => head.Count(h => h == c));
    }

    private static string[] Split(string line, char separator)
    {
        if (separator == ' ') return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]); // "" within quotes is a quote
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return [.. fields];
    }
}
