using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace CnnVis.Engine.Images;

/// <summary>
/// Writes a PNG of 8-bit RGB (ISO/IEC 15948) row by row, holding two rows and a buffer of what is compressed. A row takes the filter with the least sum of
/// absolute differences, of None, Sub, Up and Paeth, as the standard advises (section 12.7).
/// </summary>
internal sealed class PngRowEncoder : RowEncoder
{
    private const int Pixel = 3, ChunkLength = 1 << 18;

    private readonly Stream _stream;
    private readonly MemoryStream _packed = new(ChunkLength);
    private readonly ZLibStream _zip;
    private readonly byte[] _above;
    private readonly byte[][] _filtered; // each with its filter's number in front

    public PngRowEncoder(Stream stream, int width, int height)
    {
        (_stream, _above) = (stream, new byte[width * Pixel]);
        _filtered = [.. new byte[] { 0, 1, 2, 4 }.Select(filter => (byte[])[filter, .. _above])];
        _zip = new ZLibStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 2); // bits, RGB; then deflate, the standard's filters, no interlacing
        Chunk("IHDR"u8, header);
        Chunk("sRGB"u8, [0]);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> rows)
    {
        for (; rows.Length > 0; rows = rows[_above.Length..])
        {
            ReadOnlySpan<byte> row = rows[.._above.Length];
            _zip.Write(Filtered(row));
            row.CopyTo(_above);
            if (_packed.Length >= ChunkLength) Flush();
        }
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        _zip.Dispose();
        Flush();
        Chunk("IEND"u8, []);
    }

    /// <inheritdoc/>
    public override void Dispose() => _zip.Dispose();

    private byte[] Filtered(ReadOnlySpan<byte> row)
    {
        byte[] none = _filtered[0], sub = _filtered[1], up = _filtered[2], paeth = _filtered[3];
        row.CopyTo(none.AsSpan(1));
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < Pixel ? 0 : row[i - Pixel], above = _above[i], corner = i < Pixel ? 0 : _above[i - Pixel];
            sub[i + 1] = (byte)(row[i] - left);
            up[i + 1] = (byte)(row[i] - above);
            paeth[i + 1] = (byte)(row[i] - Nearest(left, above, corner));
        }
        byte[] best = none;
        long least = long.MaxValue;
        foreach (byte[] candidate in _filtered)
        {
            long sum = 0;
            foreach (byte value in candidate.AsSpan(1)) sum += Math.Abs((int)(sbyte)value);
            if (sum < least) (best, least) = (candidate, sum);
        }
        return best;
    }

    /// <summary>Paeth's predictor: of left, above and corner the one nearest to left + above − corner.</summary>
    private static int Nearest(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private void Flush()
    {
        Chunk("IDAT"u8, _packed.GetBuffer().AsSpan(0, (int)_packed.Length));
        _packed.SetLength(0);
    }

    private void Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        _stream.Write(number);
        _stream.Write(type);
        _stream.Write(content);
        var check = new Crc32();
        check.Append(type);
        check.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, check.GetCurrentHashAsUInt32());
        _stream.Write(number);
    }
}
