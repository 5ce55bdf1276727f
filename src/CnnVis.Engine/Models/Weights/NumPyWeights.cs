using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.NumPy;

namespace CnnVis.Engine.Models.Weights;

/// <summary>NumPy's array files, and its archives of them, every entry called after its array.</summary>
internal static class NumPyWeights
{
    /// <summary>Whether an archive is one of arrays.</summary>
    public static bool Recognises(WeightArchive archive) => archive.Entries.Count > 0 && archive.Entries.Keys.All(k => k.EndsWith(NpyWriter.Extension, StringComparison.Ordinal));

    /// <summary>A file of one array, which takes the file's name.</summary>
    public static WeightContent Read(WeightSource source)
    {
        var content = new WeightContent(WeightFormat.NumPy);
        string name = Path.GetFileNameWithoutExtension(source.Path);
        content.Add(name, Read(new FileRange(source, 0, source.Length), name) ?? throw WeightErrors.Unreadable("it holds text."));
        return content;
    }

    /// <summary>An archive. Arrays of text are passed over.</summary>
    public static WeightContent Read(WeightArchive archive)
    {
        var content = new WeightContent(WeightFormat.NumPy);
        foreach (var (name, entry) in Arrays(archive))
            if (Read(entry, name) is { } tensor) content.Add(name, tensor);
        return content;
    }

    /// <summary>The array files of an archive by the arrays' names, each held to its checksum.</summary>
    /// <exception cref="CnnVisException">One is damaged.</exception>
    public static IEnumerable<(string Name, ISection Section)> Arrays(WeightArchive archive)
    {
        foreach (var (name, entry) in archive.Entries)
        {
            entry.Verify();
            yield return (name[..^NpyWriter.Extension.Length], entry);
        }
    }

    /// <returns>The array; null if it holds text.</returns>
    /// <exception cref="CnnVisException">It is damaged, or holds what is not read.</exception>
    public static StoredTensor? Read(ISection section, string name)
    {
        try
        {
            using Stream stream = section.Open();
            var (header, skip) = NpyHeader.Read(stream, section.Length);
            if (header.IsText) return null;
            var numbers = new StoredNumbers(section, skip, Number(header.Type), StoredTensor.Count(header.Shape), header.BigEndian);
            if (!header.FortranOrder) return StoredTensor.Dense(numbers, header.Shape);
            long[] strides = StoredTensor.RowMajor([.. header.Shape.Reverse()]);
            Array.Reverse(strides);
            return new StoredTensor(numbers, 0, header.Shape, strides);
        }
        catch (CnnVisException e)
        {
            throw WeightErrors.Unreadable($"array {WeightErrors.Quote(name)}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static NumberType Number(string type) => type[1..] switch
    {
        "f4" => NumberType.Float32,
        "f8" => NumberType.Float64,
        "f2" => NumberType.Float16,
        "i8" => NumberType.Int64,
        "i4" => NumberType.Int32,
        "i2" => NumberType.Int16,
        "i1" => NumberType.Int8,
        "u8" => NumberType.UInt64,
        "u4" => NumberType.UInt32,
        "u2" => NumberType.UInt16,
        "u1" => NumberType.UInt8,
        "b1" => NumberType.Bool,
        ['O', ..] => throw WeightErrors.Unreadable("it holds Python objects, which could run code; save plain arrays of numbers"),
        _ => throw WeightErrors.Unreadable($"its type {WeightErrors.Quote(type)} is not read; save it as float32"),
    };
}
