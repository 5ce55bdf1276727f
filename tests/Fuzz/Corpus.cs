using System.Runtime.CompilerServices;

namespace CnnVis.Fuzz;

/// <summary>The files that fuzzing begins with and has found, a folder a target.</summary>
internal static class Corpus
{
    /// <summary>A target's own files, and those that the readers' tests have of its formats.</summary>
    public static IEnumerable<string> Of(Target target) =>
    [
        .. Files(Path.Combine(Here(), "Corpus", target.Name)),
        .. target.Fixtures.SelectMany(f => Files(Path.Combine(Here(), "..", f))).Where(f => Path.GetExtension(f) is not (".py" or ".md" or ".json")),
    ];

    private static IEnumerable<string> Files(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];

    /// <summary>Damaged files of a target without end, the same ones each time.</summary>
    public static IEnumerable<(byte[] Bytes, string Extension)> Damaged(Target target)
    {
        (byte[] Bytes, string Extension)[] files = [.. Of(target).Select(f => (File.ReadAllBytes(f), Path.GetExtension(f)))];
        IReadOnlyList<byte[]> words = Words(target);
        for (int seed = 0; ; seed++)
        {
            var (bytes, extension) = files[seed % files.Length];
            yield return (new Mutation(seed, words).Of(bytes, files[seed * 7L % files.Length].Bytes), extension);
        }
    }

    /// <summary>Words that the format is made of, in the form of AFL's dictionaries: a quoted string a line, with \xNN.</summary>
    private static IReadOnlyList<byte[]> Words(Target target) =>
        [.. File.ReadLines(Path.Combine(Here(), "Dictionaries", $"{target.Name}.dict")).Where(l => l.StartsWith('"')).Select(l => Bytes(l.Trim()[1..^1]))];

    private static byte[] Bytes(string word)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] == '\\' && word[i + 1] == 'x')
            {
                bytes.Add(Convert.ToByte(word[(i + 2)..(i + 4)], 16));
                i += 3;
            }
            else
            {
                if (word[i] == '\\') i++;
                bytes.Add((byte)word[i]);
            }
        }
        return [.. bytes];
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
