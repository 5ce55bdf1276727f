namespace CnnVis.Engine.Tests.Images;

/// <summary>A baseline JPEG of one 8×8 block in four inks, as Photoshop writes them: inverted, with an Adobe marker.</summary>
internal static class CmykJpeg
{
    /// <summary>Inks from 0 (none) to 255.</summary>
    public static byte[] Of(byte cyan, byte magenta, byte yellow, byte black)
    {
        byte[] quantization = new byte[64];
        Array.Fill(quantization, (byte)8); // DC of a flat block is 8 × value: divided by 8, the value itself
        List<byte> file =
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. quantization,
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            // DC: nine codes of four bits, one for each length of the difference; AC: one code of one bit, end of block.
            0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
            0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
        ];
        string bits = string.Concat(new[] { cyan, magenta, yellow, black }.Select(ink => Block(255 - ink - 128)));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        for (int i = 0; i < bits.Length; i += 8)
        {
            byte value = Convert.ToByte(bits.Substring(i, 8), 2);
            file.Add(value);
            if (value == 0xFF) file.Add(0);
        }
        return [.. file, 0xFF, 0xD9];
    }

    private static string Block(int dc)
    {
        int length = dc == 0 ? 0 : (int)Math.Log2(Math.Abs(dc)) + 1;
        int magnitude = dc < 0 ? dc + (1 << length) - 1 : dc;
        return Convert.ToString(length, 2).PadLeft(4, '0') + (length == 0 ? "" : Convert.ToString(magnitude, 2).PadLeft(length, '0')) + "0";
    }
}
