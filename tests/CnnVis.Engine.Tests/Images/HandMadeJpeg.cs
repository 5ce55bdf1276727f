namespace CnnVis.Engine.Tests.Images;

/// <summary>JPEG files of flat 8×8 blocks by hand, for what no encoder here writes.</summary>
internal static class HandMadeJpeg
{
    /// <summary>One baseline block in four inks from 0 (none) to 255, as Photoshop writes them: inverted, with an Adobe marker.</summary>
    public static byte[] Cmyk(byte cyan, byte magenta, byte yellow, byte black) =>
    [
        0xFF, 0xD8,
        0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
        .. Tables,
        0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
        0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
        .. Bytes(string.Concat(new[] { cyan, magenta, yellow, black }.Select(ink => Difference(127 - ink) + EndOfBlock))),
        0xFF, 0xD9,
    ];

    /// <summary>A row of grey blocks in two scans: their means first, their (empty) details after all of them.</summary>
    public static byte[] Progressive(byte[] greys) =>
    [
        0xFF, 0xD8,
        .. Tables,
        0xFF, 0xC2, 0, 11, 8, 0, 8, (byte)(greys.Length * 8 >> 8), (byte)(greys.Length * 8), 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0,
        .. Bytes(string.Concat(greys.Select((grey, i) => Difference(grey - (i == 0 ? 128 : greys[i - 1]))))),
        0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0,
        .. Bytes(string.Concat(greys.Select(_ => EndOfBlock))),
        0xFF, 0xD9,
    ];

    private const string EndOfBlock = "0";

    // Everything is divided by 8, and the mean of a flat block is 8 × its value: the value itself is written.
    // DC: nine codes of four bits, one for each length of the difference; AC: one code of one bit, end of block.
    private static byte[] Tables =>
    [
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64),
        0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private static string Difference(int value)
    {
        int length = value == 0 ? 0 : (int)Math.Log2(Math.Abs(value)) + 1;
        int magnitude = value < 0 ? value + (1 << length) - 1 : value;
        return length.ToString("b4") + (length == 0 ? "" : magnitude.ToString($"b{length}"));
    }

    private static IEnumerable<byte> Bytes(string bits)
    {
        foreach (char[] eight in bits.Chunk(8))
        {
            byte value = Convert.ToByte(new string(eight).PadRight(8, '1'), 2);
            yield return value;
            if (value == 0xFF) yield return 0;
        }
    }
}
