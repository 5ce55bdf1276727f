namespace CnnVis.Engine.Tables;

/// <summary>What photos show, from a table with a column for the file (file, path, filename, image …) and one for the class (class or label), by name or output index. Other columns are ignored.</summary>
public sealed class LabelTable
{
    private readonly FileLookup<string> _labels = new();
    private readonly string _path;

    private LabelTable(string path) => _path = path;

    /// <summary>Names of the column that holds the class, in lower case.</summary>
    internal static string[] Columns { get; } = ["class", "label", "class_name", "category"];

    /// <exception cref="CnnVisException">The file cannot be read, or lacks a column.</exception>
    public static LabelTable Read(string path)
    {
        var table = new LabelTable(path);
        DelimitedFile file = DelimitedFile.Open(path);
        int name = file.Require("the file", FileLookup<int>.Columns), label = file.Require("the class", Columns);
        foreach (var (_, fields) in file.Rows) table._labels.Add(fields[name], VisibleText.Of(fields[label].Trim())!);
        return table;
    }

    /// <summary>What the table says that a file shows; null where it says nothing.</summary>
    public string? Find(string path) => _labels.Of(path) is [var label, ..] ? label : null;

    /// <summary>All that the table says that a file shows, a row a label; empty where it says nothing.</summary>
    public IReadOnlyList<string> AllOf(string path) => _labels.Of(path);

    /// <summary>A file's class, by name or output index: the first that the table names.</summary>
    /// <exception cref="CnnVisException">The table says nothing of the file.</exception>
    public string Of(string path) => Find(path) ?? throw new CnnVisException(ErrorIds.ClassNotFound, $"'{_path}' does not say which class '{path}' shows.", path);
}
