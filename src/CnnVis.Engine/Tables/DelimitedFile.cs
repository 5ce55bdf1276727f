using System.Buffers;
using System.Globalization;
using CnnVis.Engine.Runtime;
using nietras.SeparatedValues;

namespace CnnVis.Engine.Tables;

/// <summary>
/// A table in a text file, its first line the columns' names: separated by tabs, commas or semicolons, whichever the first line has most of; by blanks where it has none of them and is all
/// numbers. Fields may be quoted (RFC 4180): a quoted one may hold separators and ends of lines, and a quote as two. Rows are read one at a time.
/// </summary>
internal sealed class DelimitedFile
{
    /// <summary>What no text has, so that something else was given.</summary>
    private static readonly SearchValues<char> _control = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except("\t\r\n"), '\x7f']);

    private readonly char _separator;
    private readonly string[] _columns;

    private DelimitedFile(string path)
    {
        Path = path;
        _separator = Separator(Guarded(() => FirstLine(path)) ?? "");
        (_, string[] head) = Lines().FirstOrDefault();
        _columns = head is null ? throw Wrong($"'{Path}' is empty: the file needs a first line with the names of its columns.")
            : [.. head.Select(c => c.Trim().TrimStart('#').TrimStart().ToLowerInvariant())];
    }

    private static string? FirstLine(string path)
    {
        PlainFile.Ensure(path);
        return File.ReadLines(path).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the columns, in lower case.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The rows that are not empty, with the numbers of the lines where they begin.</summary>
    /// <exception cref="CnnVisException">A row has another number of fields than the first, or is no text.</exception>
    public IEnumerable<(int Line, string[] Fields)> Rows => ReadableRows(error => throw error);

    /// <summary>The rows that are not empty and have as many fields as the first; the others are reported, and left out.</summary>
    /// <exception cref="CnnVisException">A row is no text.</exception>
    public IEnumerable<(int Line, string[] Fields)> ReadableRows(Action<CnnVisException> report)
    {
        foreach (var row in Lines().Skip(1))
        {
            if (row.Fields.Length == _columns.Length) yield return row;
            else report(Wrong($"Line {row.Line} of '{Path}' has {row.Fields.Length} fields where the first line has {_columns.Length}; a field that holds the separator stands in quotes."));
        }
    }

    /// <exception cref="CnnVisException">The file is not there, cannot be read, or is empty.</exception>
    public static DelimitedFile Open(string path) => new(path);

    /// <summary>Place of the column with one of these names; -1 where there is none.</summary>
    public int Find(params string[] names) => Array.FindIndex(_columns, names.Contains);

    /// <summary>Place of the column with one of these names.</summary>
    /// <exception cref="CnnVisException">There is none.</exception>
    public int Require(string what, params string[] names) => Find(names) is >= 0 and var column ? column
        : throw Wrong($"'{Path}' has no column for {what}: call one {string.Join(", ", names[..^1])} or {names[^1]}. Its first line has {string.Join(", ", _columns)}.");

    private static char Separator(string head)
    {
        char[] usual = ['\t', ',', ';'];
        bool blanks = head.IndexOfAny(usual) < 0 && head.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } fields
            && fields.All(f => float.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return blanks ? ' ' : usual.MaxBy(c => head.Count(h => h == c));
    }

    private IEnumerable<(int Line, string[] Fields)> Lines()
    {
        using SepReader reader = Guarded(() => Sep.New(_separator).Reader(o => o with { HasHeader = false, DisableColCountCheck = true, Unescape = true, Trim = SepTrim.Outer }).FromFile(Path));
        int line = 1; // the first row's own LineNumberFrom is wrong in a file without a header
        while (Guarded(reader.MoveNext, line))
        {
            var (fields, next) = (Fields(reader.Current, line), reader.Current.LineNumberToExcl);
            if (fields is not null) yield return (line, fields);
            line = next;
        }
    }

    /// <summary>A row's fields; null where it is empty.</summary>
    private string[]? Fields(SepReader.Row row, int line)
    {
        ReadOnlySpan<char> text = row.Span;
        if (text.IsWhiteSpace()) return null;
        if (text.ContainsAny(_control)) throw Wrong($"Line {line} of '{Path}' holds control characters: it is no table of text.");
        if (int.IsOddInteger(text.Count('"'))) throw Wrong($"Line {line} of '{Path}' opens a quote that is never closed; a quote within a quoted field is written as two.");
        string[] fields = row[..].ToStringsArray();
        return _separator == ' ' ? [.. fields.Where(f => f.Length > 0)] : fields; // any number of blanks separates
    }

    private T Guarded<T>(Func<T> read, int line = 1)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException e) // a row that is longer than the library's buffers
        {
            throw Wrong($"Line {line} of '{Path}' does not end within {1 << 24:N0} characters: close its quotes, or keep vectors of that length in .npz files.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"The table '{Path}' cannot be read: {e.Message}", Path, e);
        }
    }

    private CnnVisException Wrong(string what, Exception? error = null) => new(ErrorIds.InvalidArgument, what, Path, error);
}
