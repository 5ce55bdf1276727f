using System.Buffers.Binary;

namespace CnnVis.Engine.Attributes.Measures;

/// <summary>The quality that a JPEG file was written with, from its quantisation tables (marker DQT). Nothing is decoded.</summary>
internal static class JpegQuality
{
    /// <summary>The standard's tables of luminance and chrominance (ITU-T T.81, Annex K.1), row by row.</summary>
    private static readonly int[][] _standard =
    [
        [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99],
        [17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99],
    ];

    private static readonly int[] _zigzag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>The nearest quality, 1 to 100; null where the bytes are no JPEG with a table.</summary>
    public static int? Of(ReadOnlySpan<byte> file)
    {
        var tables = Tables(file);
        if (!tables.TryGetValue(0, out int[]? luminance)) return null;
        int best = 0;
        long least = long.MaxValue;
        for (int quality = 1; quality <= 100; quality++)
        {
            long distance = Distance(luminance, _standard[0], quality) + (tables.TryGetValue(1, out int[]? chrominance) ? Distance(chrominance, _standard[1], quality) : 0);
            if (distance >= least) continue;
            (best, least) = (quality, distance);
        }
        return best;
    }

    private static long Distance(int[] table, int[] standard, int quality)
    {
        int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        long sum = 0;
        for (int i = 0; i < 64; i++) sum += Math.Abs(table[i] - Math.Clamp((standard[i] * scale + 50) / 100, 1, 255));
        return sum;
    }

    /// <summary>The tables up to the picture itself, by their number, row by row.</summary>
    private static Dictionary<int, int[]> Tables(ReadOnlySpan<byte> file)
    {
        var tables = new Dictionary<int, int[]>();
        if (file.Length < 4 || file[0] != 0xff || file[1] != 0xd8) return tables;
        for (int at = 2; at + 4 <= file.Length && file[at] == 0xff;)
        {
            int marker = file[at + 1];
            if (marker == 0xff) // a byte to fill
            {
                at++;
                continue;
            }
            if (marker is 0xda or 0xd9) break;
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) break;
            if (marker == 0xdb) Read(file.Slice(at + 4, length - 2), tables);
            at += 2 + length;
        }
        return tables;
    }

    private static void Read(ReadOnlySpan<byte> segment, Dictionary<int, int[]> tables)
    {
        while (segment.Length > 0)
        {
            int size = segment[0] >> 4 == 0 ? 1 : 2, number = segment[0] & 15;
            if (segment.Length < 1 + 64 * size) return;
            int[] table = new int[64];
            for (int i = 0; i < 64; i++) table[_zigzag[i]] = size == 1 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + 2 * i)..]);
            tables.TryAdd(number, table);
            segment = segment[(1 + 64 * size)..];
        }
    }
}
