using CnnVis.Engine.NumPy;

namespace CnnVis.Engine.Codes.Files;

/// <summary>Writes codes as NumPy's archive (.npz) or array (.npy), or as a table (.csv).</summary>
public static class CodeWriter
{
    /// <summary>Endings of the files that are written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npz", ".npy", ".csv"];

    /// <summary>Checks a file name.</summary>
    /// <exception cref="CnnVisException">Its ending says none of the formats.</exception>
    public static void Ensure(string path)
    {
        if (!Extensions.Contains(Extension(path))) throw new CnnVisException(ErrorIds.InvalidArgument, $"Codes are written as {string.Join(", ", Extensions)}; '{Path.GetFileName(path)}' ends in none of them.", path);
    }

    /// <summary>Name of the table with what belongs to the codes, where the file itself can hold only numbers; else null.</summary>
    public static string? Beside(string path) => Extension(path) == ".npy" ? CodeColumns.Beside(path) : null;

    /// <summary>Writes codes in the form that the file's name says.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="map">The map whose codes they are; null where there is none.</param>
    /// <param name="cancellation">Ends it between two codes.</param>
    /// <exception cref="CnnVisException">A map is to be written, and the file can hold none.</exception>
    public static void Write(string path, Stream stream, CodeSpool codes, TsneMap? map = null, CancellationToken cancellation = default)
    {
        if (map is not null && Extension(path) != ".npz") throw new CnnVisException(ErrorIds.InvalidArgument, $"'{Path.GetFileName(path)}' would lose the places of the map; maps are written as .npz.", path);
        switch (Extension(path))
        {
            case ".npy": WriteValues(stream, codes, cancellation); break;
            case ".npz": WriteArchive(stream, codes, map, cancellation); break;
            default: CodeTable.Write(stream, codes.Read(cancellation), codes.Length); break;
        }
    }

    /// <summary>Writes the table that stands beside a file of bare numbers.</summary>
    public static void WriteBeside(Stream stream, CodeSpool codes) => CodeTable.Write(stream, codes.Codes, 0);

    private static void WriteValues(Stream stream, CodeSpool codes, CancellationToken cancellation)
    {
        NpyWriter.WriteHeader(stream, "<f4", codes.Codes.Count, codes.Length);
        codes.CopyTo(stream, cancellation);
    }

    private static void WriteArchive(Stream stream, CodeSpool spool, TsneMap? map, CancellationToken cancellation)
    {
        IReadOnlyList<CnnCode> codes = spool.Codes;
        using var archive = new NpzWriter(stream);
        archive.Add(CodeColumns.Values, to => WriteValues(to, spool, cancellation));
        Texts(CodeColumns.Paths, c => c.Path);
        Texts(CodeColumns.Labels, c => c.Label);
        if (codes.Any(c => c.Tile is not null)) archive.Add(CodeColumns.Tiles, to =>
        {
            NpyWriter.WriteHeader(to, "<i4", codes.Count, 4);
            foreach (CnnCode code in codes) NpyWriter.Write<int>(to, code.Tile is { } t ? [t.X, t.Y, t.Width, t.Height] : [-1, -1, -1, -1]);
        });
        archive.Add(CodeColumns.Model, to => NpyWriter.Write(to, [codes[0].Model ?? ""]));
        if ((codes[0].Origin?.Model.Hash ?? codes[0].Hash) is { } hash) archive.Add(CodeColumns.Hash, to => NpyWriter.Write(to, [hash]));
        archive.Add(CodeColumns.Layer, to => NpyWriter.Write(to, [codes[0].Layer ?? ""]));
        if (map is null) return;
        archive.Add(MapNumbers.Positions, to =>
        {
            NpyWriter.WriteHeader(to, "<f4", map.Points.Count, map.Dimension);
            foreach (TsnePoint point in map.Points) NpyWriter.Write<float>(to, point.Position);
        });
        foreach (var (name, number) in MapNumbers.Of(map)) archive.Add(name, to =>
        {
            NpyWriter.WriteHeader(to, "<f8");
            NpyWriter.Write<double>(to, [number]);
        });

        void Texts(string name, Func<CnnCode, string?> text) => archive.Add(name, to => NpyWriter.Write(to, [.. codes.Select(c => text(c) ?? "")], codes.Count));
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
