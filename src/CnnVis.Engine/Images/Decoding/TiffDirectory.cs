using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>
/// What a page of a TIFF file says of itself, classic or BigTIFF (<see href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</see>, section 2). Read by ourselves before the library sees the file, so that
/// no number of a damaged one decides how much is allocated.
/// </summary>
/// <param name="Offset">Where the directory stands in the file.</param>
/// <param name="Width">Stored columns.</param>
/// <param name="Height">Stored rows.</param>
/// <param name="Orientation">How they lie in the upright picture.</param>
/// <param name="BlockPixels">Pixels of a tile; 0 where there are strips.</param>
internal sealed record TiffDirectory(long Offset, int Width, int Height, Orientation Orientation, long BlockPixels)
{
    private const int NewSubfileType = 254, ImageWidth = 256, ImageLength = 257, Compression = 259, StripOffsets = 273, OrientationTag = 274, SamplesPerPixel = 277, RowsPerStrip = 278,
        PlanarConfiguration = 284, TileWidth = 322, TileLength = 323, TileOffsets = 324;

    /// <summary>In NewSubfileType: a smaller version of another page, or a mask for it.</summary>
    private const int Smaller = 1, Mask = 4;

    private const int OldJpeg = 6, MostEntries = ushort.MaxValue;

    /// <summary>Bytes of a value by its type.</summary>
    private static ReadOnlySpan<byte> Sizes => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    /// <summary>Whether a file begins as TIFF.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) =>
        file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8);

    /// <summary>The pictures of a file in its order, without smaller versions of them and masks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the TIFF begins in it.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="damage">What is wrong with the page after those; null where all could be read.</param>
    public static List<TiffDirectory> Pages(SafeFileHandle file, long start, long length, out string? damage)
    {
        var pages = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        damage = null;
        try
        {
            var reader = new Reader(file, start, length);
            for (long at = reader.First(); at != 0;)
            {
                if (!seen.Add(at)) throw new InvalidDataException("its list of pages runs in a circle");
                if (Read(reader, at, out long next) is { } page) pages.Add(page);
                at = next;
            }
        }
        catch (InvalidDataException error)
        {
            damage = error.Message;
        }
        return pages;
    }

    /// <exception cref="InvalidDataException">The directory is damaged.</exception>
    private static TiffDirectory? Read(Reader reader, long at, out long next)
    {
        Dictionary<int, (long Count, long Value)> entries = reader.Entries(at, out next);
        if ((Value(NewSubfileType, 0) & (Smaller | Mask)) != 0) return null;
        long width = Value(ImageWidth, 0), height = Value(ImageLength, 0), samples = Value(SamplesPerPixel, 1), orientation = Value(OrientationTag, 1);
        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue || samples is < 1 or > ushort.MaxValue) throw new InvalidDataException("its size is damaged");
        bool isTiled = entries.ContainsKey(TileWidth);
        long tileWidth = Value(TileWidth, 1), tileLength = Value(TileLength, 1), rows = Math.Min(height, Value(RowsPerStrip, height));
        if (tileWidth is < 1 or > int.MaxValue || tileLength is < 1 or > int.MaxValue || rows < 1) throw new InvalidDataException("the size of its tiles or strips is damaged");
        long blocks = (isTiled ? Up(width, tileWidth) * Up(height, tileLength) : Up(height, rows)) * (Value(PlanarConfiguration, 1) == 2 ? samples : 1);
        long listed = entries.TryGetValue(isTiled ? TileOffsets : StripOffsets, out var offsets) ? offsets.Count : 0;
        if (blocks > listed && Value(Compression, 1) != OldJpeg) throw new InvalidDataException($"it should have {blocks:N0} {(isTiled ? "tiles" : "strips")}, and lists {listed:N0}");
        return new TiffDirectory(at, (int)width, (int)height, new Orientation(orientation is >= 1 and <= 8 ? (int)orientation : 1), isTiled ? tileWidth * tileLength : 0);

        long Value(int tag, long otherwise) => entries.TryGetValue(tag, out var entry) && entry.Value >= 0 ? entry.Value : otherwise;
        static long Up(long length, long step) => (length + step - 1) / step;
    }

    /// <summary>Reads numbers of a file in its byte order.</summary>
    private sealed class Reader(SafeFileHandle file, long start, long length)
    {
        private bool _isBig, _isBigEndian;

        /// <summary>Where the first directory stands.</summary>
        public long First()
        {
            byte[] head = Bytes(0, 8);
            (_isBigEndian, _isBig) = (head[0] == 'M', head.Contains((byte)'+'));
            return _isBig ? Offset(Bytes(8, 8)) : Offset(head.AsSpan(4));
        }

        /// <summary>How many values each tag has and, of one whole number, which; −1 of others.</summary>
        public Dictionary<int, (long Count, long Value)> Entries(long at, out long next)
        {
            int head = _isBig ? 8 : 2, size = _isBig ? 20 : 12;
            long count = Integer(Bytes(at, head));
            if (count is < 1 or > MostEntries) throw new InvalidDataException("its directory is damaged");
            byte[] bytes = Bytes(at + head, checked((int)count * size + (_isBig ? 8 : 4)));
            var entries = new Dictionary<int, (long, long)>();
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> entry = bytes.AsSpan(i * size, size);
                int tag = (int)Integer(entry[..2]), type = (int)Integer(entry[2..4]);
                long values = Integer(entry[4..(_isBig ? 12 : 8)]);
                ReadOnlySpan<byte> place = entry[(_isBig ? 12 : 8)..];
                int each = type < Sizes.Length ? Sizes[type] : 0;
                if (values < 0 || each > 0 && values > length / each) throw new InvalidDataException($"its tag {tag} claims more than the file holds");
                bool isOne = values == 1 && type is 1 or 3 or 4 or 13 or 16 or 18 && each <= place.Length;
                entries.TryAdd(tag, (values, isOne ? Integer(place[..each]) : -1));
            }
            next = Offset(bytes.AsSpan((int)count * size));
            return entries;
        }

        private long Offset(ReadOnlySpan<byte> bytes)
        {
            long offset = Integer(_isBig ? bytes[..8] : bytes[..4]);
            return offset == 0 || offset >= 8 && offset < length ? offset : throw new InvalidDataException("the file ends before its list of pages does");
        }

        /// <summary>An unsigned number; −1 where it has more than 63 bits.</summary>
        private long Integer(ReadOnlySpan<byte> bytes)
        {
            ulong number = (bytes.Length, _isBigEndian) switch
            {
                (1, _) => bytes[0],
                (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
                (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
                (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
                (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            };
            return number <= long.MaxValue ? (long)number : -1;
        }

        private byte[] Bytes(long at, int count)
        {
            if (at > length - count) throw new InvalidDataException("the file ends before its list of pages does");
            byte[] bytes = new byte[count];
            for (int read = 0; read < count;)
            {
                int some = RandomAccess.Read(file, bytes.AsSpan(read), start + at + read);
                if (some == 0) throw new InvalidDataException("the file ends before its list of pages does");
                read += some;
            }
            return bytes;
        }
    }
}
