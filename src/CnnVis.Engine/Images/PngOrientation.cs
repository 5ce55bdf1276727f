using System.Buffers.Binary;

namespace CnnVis.Engine.Images;

/// <summary>The orientation in a PNG's eXIf chunk (PNG specification, third edition, section 11.3.3.5), which may stand before or after the pixels. Skia leaves it to whoever asks.</summary>
internal static class PngOrientation
{
    private const ushort Tag = 0x0112, Short = 3;

    /// <summary>The EXIF tag's value, 1 (upright) to 8; 1 where there is none.</summary>
    public static int Of(ReadOnlySpan<byte> png)
    {
        const int Signature = 8, Around = 12; // length, type and checksum of a chunk
        for (ReadOnlySpan<byte> rest = png[Math.Min(Signature, png.Length)..]; rest.Length >= Around;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Around) return 1;
            if (rest[4..8].SequenceEqual("eXIf"u8)) return InExif(rest.Slice(8, (int)length));
            if (rest[4..8].SequenceEqual("IEND"u8)) return 1;
            rest = rest[((int)length + Around)..];
        }
        return 1;
    }

    /// <summary>Of a TIFF header and its first directory.</summary>
    private static int InExif(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 8 || !(exif[..2].SequenceEqual("II"u8) || exif[..2].SequenceEqual("MM"u8))) return 1;
        bool little = exif[0] == 'I';
        uint at = Number(exif[4..8], little);
        if (at > exif.Length - 2) return 1;
        ReadOnlySpan<byte> directory = exif[(int)at..];
        int count = Half(directory, little);
        for (int i = 0; i < count && 2 + 12 * (i + 1) <= directory.Length; i++)
        {
            ReadOnlySpan<byte> entry = directory.Slice(2 + 12 * i, 12);
            if (Half(entry, little) != Tag || Half(entry[2..], little) != Short) continue;
            int value = Half(entry[8..], little);
            return value is >= 1 and <= 8 ? value : 1;
        }
        return 1;
    }

    private static ushort Half(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
