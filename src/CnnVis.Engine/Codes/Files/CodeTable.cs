using System.Globalization;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Codes.Files;

/// <summary>Codes as a table of text: what belongs to each, and its numbers as v0, v1 … in the shortest form that reads back the same.</summary>
internal static class CodeTable
{
    /// <summary>Writes codes; their vectors too where they have them.</summary>
    public static void Write(Stream stream, IEnumerable<CnnCode> codes, int length)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', [.. CodeColumns.Table, .. Enumerable.Range(0, length).Select(i => $"v{i}")]));
        foreach (CnnCode code in codes)
        {
            string[] tile = code.Tile is { } box ? [Text(box.X), Text(box.Y), Text(box.Width), Text(box.Height)] : ["", "", "", ""];
            writer.Write(string.Join(',', [Quoted(code.Path), Quoted(code.Label), Quoted(code.Model), Quoted(code.Layer), .. tile]));
            for (int i = 0; i < length; i++)
            {
                writer.Write(',');
                writer.Write(code.Values[i].ToString("R", CultureInfo.InvariantCulture));
            }
            writer.WriteLine();
        }
    }

    /// <summary>Reads a table: columns called as those that are written, or file and class, say what a vector belongs to, all others are its numbers. A table without names is all numbers.</summary>
    /// <exception cref="CnnVisException">A field is no number, or a line has another number of fields than the first.</exception>
    public static IEnumerable<CnnCode> Read(string path)
    {
        DelimitedFile file = DelimitedFile.Open(path);
        IReadOnlyList<string> columns = file.Columns;
        bool named = !columns.All(c => IsNumber(c, out _));
        int[] about = [.. CodeColumns.Table.Select(name => named ? file.Find(Names(name)) : -1)];
        int[] numbers = [.. Enumerable.Range(0, columns.Count).Where(i => !about.Contains(i))];
        if (!named) yield return new CnnCode { Path = null, Label = null, Model = null, Layer = null, Values = [.. columns.Select((c, i) => Number(c, 1, i))] };
        foreach (var (line, fields) in file.Rows)
        {
            string?[] texts = [.. about.Select(i => i >= 0 && fields[i].Length > 0 ? Unquoted(fields[i]) : null)];
            int?[] box = [.. texts[4..].Select(t => int.TryParse(t, NumberStyles.Integer, CultureInfo.InvariantCulture, out int n) ? n : (int?)null)];
            yield return new CnnCode
            {
                Path = texts[0],
                Label = texts[1],
                Model = texts[2],
                Layer = texts[3],
                Tile = box is [{ } x, { } y, { } width, { } height] ? new PixelBox(x, y, width, height) : null,
                Values = [.. numbers.Select(i => Number(fields[i], line, i))],
            };
        }

        float Number(string field, int line, int column) => IsNumber(field, out float number) ? number
            : throw new CnnVisException(ErrorIds.CodesUnreadable, $"Line {line} of '{path}' has '{field}' in column {column + 1}, where a number of the code belongs.", path);
    }

    private static string[] Names(string column) => column switch
    {
        "path" => ["path", "file", "filename"],
        "label" => ["label", "class"],
        _ => [column],
    };

    private static bool IsNumber(string field, out float number) => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A field that a spreadsheet takes for text, whatever it begins with: an apostrophe before what would be a formula (<see href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</see>).</summary>
    private static string Quoted(string? text) => text is null ? "" : Field(MayBeFormula(text) ? '\'' + text : text);

    /// <summary>The text that was written so.</summary>
    private static string Unquoted(string field) => field.StartsWith('\'') && MayBeFormula(field) ? field[1..] : field;

    private static bool MayBeFormula(string text) => text.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n\r\t;") >= 0 || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
