namespace CnnVis.Engine.Tables;

/// <summary>Properties of files, from a table with a column for the file (file, path, filename, image …): every other column is one.</summary>
public sealed class AttributeTable
{
    private readonly FileLookup<string[]> _rows = new();
    private readonly int _file;

    private AttributeTable(int file, IReadOnlyList<string> columns) => (_file, Columns) = (file, columns);

    /// <summary>The columns' names, in lower case.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <exception cref="CnnVisException">The file cannot be read, lacks a column for the file, or has a row with another number of fields.</exception>
    public static AttributeTable Read(string path)
    {
        DelimitedFile file = DelimitedFile.Open(path);
        var table = new AttributeTable(file.Require("the file", FileLookup<int>.Columns), file.Columns);
        foreach (var (_, fields) in file.Rows) table._rows.Add(fields[table._file], fields);
        return table;
    }

    /// <summary>What the table has for a file, as text; null where it has no row, or an empty field. Of several rows the first counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">A column, in any case.</param>
    public string? Find(string path, string column)
    {
        int place = Place(column);
        return place >= 0 && _rows.Of(path) is [var fields, ..] && !string.IsNullOrWhiteSpace(fields[place]) ? fields[place] : null;
    }

    /// <summary>Whether it has a column, in any case.</summary>
    public bool Has(string column) => Place(column) >= 0;

    private int Place(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (i != _file && Columns[i].Equals(column, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
