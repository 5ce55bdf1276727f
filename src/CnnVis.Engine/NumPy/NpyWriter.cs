using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CnnVis.Engine.NumPy;

/// <summary>Writes NumPy's array files, version 1: numbers as little endian, text as fixed-width UTF-32.</summary>
internal static class NpyWriter
{
    /// <summary>Of an array file's name.</summary>
    public const string Extension = ".npy";

    private const int Alignment = 64;

    /// <summary>The header of an array; what comes after it are its numbers, the last index the fastest.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="type">As NumPy writes it: <c>&lt;f4</c>.</param>
    /// <param name="shape">Empty for a single value.</param>
    public static void WriteHeader(Stream stream, string type, params ReadOnlySpan<long> shape)
    {
        var extents = new StringBuilder();
        foreach (long extent in shape) extents.Append(CultureInfo.InvariantCulture, $"{(extents.Length > 0 ? " " : "")}{extent},");
        if (shape.Length > 1) extents.Length--; // a tuple of one keeps its comma
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({extents}), }}";
        int length = (10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment - 10;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
    }

    /// <summary>An array of texts.</summary>
    public static void Write(Stream stream, IReadOnlyList<string> texts, params ReadOnlySpan<long> shape)
    {
        int width = Math.Max(1, texts.Select(t => t.EnumerateRunes().Count()).DefaultIfEmpty(1).Max());
        WriteHeader(stream, $"<U{width}", shape);
        byte[] buffer = new byte[4 * width];
        foreach (string text in texts)
        {
            Array.Clear(buffer);
            int at = 0;
            foreach (Rune rune in text.EnumerateRunes()) BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(4 * at++), rune.Value);
            stream.Write(buffer);
        }
    }

    /// <summary>Numbers, as this machine holds them.</summary>
    /// <exception cref="PlatformNotSupportedException">It is big endian.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> numbers) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Arrays are written on little endian machines only.");
        stream.Write(MemoryMarshal.AsBytes(numbers));
    }
}
