using System.Collections.Concurrent;
using SkiaSharp;

namespace CnnVis.Engine.Drawing.Fonts;

/// <summary>Typefaces of this machine for letters that the one that travels with us lacks, as Chinese, Japanese and Korean ones.</summary>
internal static class SystemFonts
{
    private const int MostFiles = 4000;
    private static readonly string[] _extensions = [".ttf", ".otf", ".ttc"], _likely = ["CJK", "wqy", "Droid", "SourceHan", "Unifont", "Noto"];
    private static readonly ConcurrentDictionary<int, SKTypeface?> _faces = new();
    private static readonly ConcurrentDictionary<string, SKTypeface?> _opened = new(StringComparer.Ordinal);
    private static readonly Lazy<string[]> _files = new(Files);

    /// <summary>A typeface that has a letter; null where the machine has none.</summary>
    /// <param name="letter">Its number in Unicode.</param>
    public static SKTypeface? With(int letter) => _faces.GetOrAdd(letter, Find);

    private static SKTypeface? Find(int letter) => SKFontManager.Default.MatchCharacter(letter) is { } matched && matched.ContainsGlyph(letter) ? matched
        : _files.Value.Select(Open).FirstOrDefault(face => face is not null && face.ContainsGlyph(letter));

    private static SKTypeface? Open(string file) => _opened.GetOrAdd(file, path => SKTypeface.FromFile(path));

    /// <summary>Skia's build for Linux knows no fonts of the system: they are found by their folders, likely ones first.</summary>
    private static string[] Files()
    {
        if (!OperatingSystem.IsLinux()) return [];
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts")];
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };
        return [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", everywhere)).Where(file => _extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Take(MostFiles).OrderBy(file => Array.Exists(_likely, word => Path.GetFileName(file).Contains(word, StringComparison.OrdinalIgnoreCase)) ? 0 : 1).ThenBy(file => file, StringComparer.Ordinal)];
    }
}
