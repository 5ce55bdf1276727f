namespace CnnVis.Engine.Humans;

/// <summary>
/// Which names mean the same picture: equal ones, and a path and the end of that path, so that <c>cat/1.png</c> and <c>/data/val/cat/1.png</c> are one. A name that could be the end of several stays on its own.
/// </summary>
internal sealed class ImageNames
{
    private readonly Dictionary<string, string> _whole = new(StringComparer.Ordinal);

    public ImageNames(IEnumerable<string> names)
    {
        foreach (var group in names.Distinct(StringComparer.Ordinal).GroupBy(n => FileName(Plain(n)), StringComparer.Ordinal))
        {
            string[] longest = [.. group.Select(Plain).Distinct(StringComparer.Ordinal).OrderByDescending(n => n.Length).ThenBy(n => n, StringComparer.Ordinal)];
            List<string> whole = [];
            foreach (string name in longest)
            {
                string[] ends = [.. whole.Where(w => IsEnd(w, name))];
                if (ends.Length != 1) whole.Add(name);
                _whole[name] = ends.Length == 1 ? ends[0] : name;
            }
        }
    }

    /// <summary>The name by which a picture is known.</summary>
    public string this[string name] => _whole[Plain(name)];

    private static bool IsEnd(string whole, string name) => whole.EndsWith(name, StringComparison.Ordinal) && whole[whole.Length - name.Length - 1] == '/';

    private static string FileName(string plain) => plain[(plain.LastIndexOf('/') + 1)..];

    private static string Plain(string name)
    {
        string plain = name.Trim().Replace('\\', '/');
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
    }
}
