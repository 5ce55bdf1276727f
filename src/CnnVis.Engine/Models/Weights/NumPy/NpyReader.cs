using System.Buffers.Binary;
using System.Text;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.NumPy;

/// <summary>NumPy's array file, versions 1 to 3: magic, version, the header's length (2 bytes, from version 2 on 4), the header, the numbers.</summary>
internal static class NpyReader
{
    /// <summary>Far more than the header of a plain array has.</summary>
    private const int HeaderLimit = 1 << 16;

    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.Length >= 6 && start[0] == 0x93 && start[1..].StartsWith("NUMPY"u8);

    /// <summary>A file of one array, which takes the file's name.</summary>
    public static WeightContent Read(WeightSource source)
    {
        var content = new WeightContent(WeightFormat.NumPy);
        string name = Path.GetFileNameWithoutExtension(source.Path);
        content.Add(name, Read(new FileRange(source, 0, source.Length), name) ?? throw WeightErrors.Unreadable("it holds text."));
        return content;
    }

    /// <returns>The array; null if it holds text.</returns>
    /// <exception cref="CnnVisException">It is damaged, or holds what is not read.</exception>
    public static StoredTensor? Read(ISection section, string name)
    {
        try
        {
            var (header, skip) = ReadHeader(section);
            return Make(section, skip, header);
        }
        catch (CnnVisException e)
        {
            throw WeightErrors.Unreadable($"array {WeightErrors.Quote(name)}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>The header, and the length of all that stands before the numbers.</summary>
    /// <exception cref="CnnVisException">It is damaged.</exception>
    public static (NpyHeader Header, long Skip) ReadHeader(ISection section)
    {
        using Stream stream = section.Open();
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!Recognises(start) || start[6] is < 1 or > 3) throw WeightErrors.Unreadable("it is no array file of a version that is known");
        Span<byte> size = stackalloc byte[4];
        stream.ReadExactly(size[..(start[6] == 1 ? 2 : 4)]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(size), skip = 8 + (start[6] == 1 ? 2 : 4) + length;
        if (length > HeaderLimit || skip > section.Length) throw NpyLiteral.Damaged();
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return (NpyHeader.Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(header)), skip);
    }

    private static StoredTensor? Make(ISection section, long skip, NpyHeader header)
    {
        if (header.IsText) return null;
        var numbers = new StoredNumbers(section, skip, header.Number, StoredTensor.Count(header.Shape), header.BigEndian);
        if (!header.FortranOrder) return StoredTensor.Dense(numbers, header.Shape);
        long[] strides = StoredTensor.RowMajor([.. header.Shape.Reverse()]);
        Array.Reverse(strides);
        return new StoredTensor(numbers, 0, header.Shape, strides);
    }
}
