namespace CnnVis.Engine.Tables;

/// <summary>What a table says of files, which it may name by whole paths, by the ends of paths, or by names alone. The longest name that fits counts.</summary>
internal sealed class FileLookup<T>
{
    private readonly Dictionary<string, List<T>> _entries = new(StringComparer.Ordinal);

    /// <summary>Names of the column that holds the files, in lower case.</summary>
    public static string[] Columns { get; } = ["file", "path", "filename", "file_name", "image", "image_id", "imageid", "name"];

    public void Add(string file, T entry)
    {
        string name = Plain(file);
        if (!_entries.TryGetValue(name, out List<T>? entries)) _entries[name] = entries = [];
        entries.Add(entry);
    }

    /// <summary>What the table says of a file; empty where it says nothing.</summary>
    public IReadOnlyList<T> Of(string path)
    {
        string name = Plain(path);
        while (true)
        {
            if (_entries.TryGetValue(name, out List<T>? entries)) return entries;
            int slash = name.IndexOf('/');
            if (slash < 0) return [];
            name = name[(slash + 1)..];
        }
    }

    private static string Plain(string path)
    {
        string plain = path.Trim().Replace('\\', '/');
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
    }
}
