using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CnnVis.Engine.NumPy;

/// <summary>The header of a NumPy array file: a Python literal such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.</summary>
/// <param name="Type">The numbers' type as NumPy writes it: byte order, kind, bytes.</param>
/// <param name="FortranOrder">Whether the first index is the fastest.</param>
/// <param name="Shape">The extents.</param>
internal sealed record NpyHeader(string Type, bool FortranOrder, long[] Shape)
{
    /// <summary>Far more than the header of a plain array has.</summary>
    private const int Limit = 1 << 16;

    /// <summary>Whether it holds text, which is no weight.</summary>
    public bool IsText => Type is [_, 'U' or 'S' or 'a', ..];

    public bool BigEndian => Type[0] == '>';

    /// <summary>Whether a file that begins so is an array file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.Length >= 6 && start[0] == 0x93 && start[1..].StartsWith("NUMPY"u8);

    /// <summary>Reads magic, version, the header's length (2 bytes, from version 2 on 4) and the header, versions 1 to 3.</summary>
    /// <param name="stream">The file; the numbers come next.</param>
    /// <param name="length">All its bytes.</param>
    /// <returns>The header, and the length of all that stands before the numbers.</returns>
    /// <exception cref="CnnVisException">It is damaged.</exception>
    public static (NpyHeader Header, long Skip) Read(Stream stream, long length)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!Recognises(start) || start[6] is < 1 or > 3) throw Unreadable("it is no array file of a version that is known");
        Span<byte> size = stackalloc byte[4];
        stream.ReadExactly(size[..(start[6] == 1 ? 2 : 4)]);
        long extent = BinaryPrimitives.ReadUInt32LittleEndian(size), skip = 8 + (start[6] == 1 ? 2 : 4) + extent;
        if (extent > Limit || skip > length) throw NpyLiteral.Damaged();
        byte[] header = new byte[extent];
        stream.ReadExactly(header);
        return (Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(header)), skip);
    }

    /// <exception cref="CnnVisException">It is no such literal.</exception>
    public static NpyHeader Parse(string text)
    {
        string? type = null;
        bool? fortran = null;
        long[]? shape = null;
        var rest = new NpyLiteral(text);
        rest.Expect('{');
        while (!rest.Skip('}'))
        {
            string key = rest.Text();
            rest.Expect(':');
            switch (key)
            {
                case "descr": type = rest.Is('[') ? throw Unreadable("it holds records of several fields; save plain arrays of numbers") : rest.Text(); break;
                case "fortran_order": fortran = rest.Word() switch { "True" => true, "False" => false, _ => throw NpyLiteral.Damaged() }; break;
                case "shape": shape = Extents(rest); break;
                default: throw NpyLiteral.Damaged();
            }
            if (!rest.Skip(','))
            {
                rest.Expect('}');
                break;
            }
        }
        rest.End();
        return type is { Length: >= 2 } && type[0] is '<' or '>' or '|' or '=' && fortran is { } order && shape is not null ? new NpyHeader(type, order, shape) : throw NpyLiteral.Damaged();
    }

    /// <summary>The error of a file that is damaged or holds what is not read; who knows the file's name puts it before.</summary>
    public static CnnVisException Unreadable(string what) => new(ErrorIds.WeightsUnreadable, what);

    private static long[] Extents(NpyLiteral rest)
    {
        var shape = new List<long>();
        rest.Expect('(');
        while (!rest.Skip(')'))
        {
            if (shape.Count == 64 || !long.TryParse(rest.Word().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long extent)) throw NpyLiteral.Damaged();
            shape.Add(extent);
            if (!rest.Skip(','))
            {
                rest.Expect(')');
                break;
            }
        }
        return [.. shape];
    }
}
