using System.Buffers.Binary;
using System.Text;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.Archives;

/// <summary>
/// The entries of a zip archive (APPNOTE 6.3, zip64 included), by the central directory. Stored entries are read straight from the file, deflated ones are
/// held to the length that they declare. An archive that is not as an honest writer makes it is refused whole.
/// </summary>
internal sealed class WeightArchive
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50, CentralSignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndLength = 22, Locator64Length = 20, End64Length = 56, CentralLength = 46, LocalLength = 30;

    /// <summary>More than any archive of weights has, in entries and in bytes of directory.</summary>
    private const int EntryLimit = 200_000, DirectoryLimit = 1 << 26;

    /// <summary>Deflated entries may unpack to this many times the archive, and a constant, all together.</summary>
    private const long InflationLimit = 8, InflationConstant = 1 << 26;

    private readonly WeightSource _source;
    private readonly OrderedDictionary<string, ArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="CnnVisException">It is damaged, or made to harm.</exception>
    public WeightArchive(WeightSource source)
    {
        _source = source;
        var (offset, length, count) = FindDirectory();
        if (count > EntryLimit || length > DirectoryLimit) throw WeightErrors.Unreadable($"its zip directory of {count} entries is larger than any archive of weights needs.");
        ReadOnlySpan<byte> directory = source.Read(offset, length);
        var ranges = new List<(long Begin, long End)>();
        for (long i = 0; i < count; i++)
        {
            if (directory.Length < CentralLength || U32(directory) != CentralSignature) throw Damaged("its directory is cut short");
            int name = U16(directory[28..]), extra = U16(directory[30..]), comment = U16(directory[32..]);
            if (directory.Length < CentralLength + name + extra + comment) throw Damaged("its directory is cut short");
            ranges.Add(Add(directory[..(CentralLength + name + extra)], directory.Slice(CentralLength, name)));
            directory = directory[(CentralLength + name + extra + comment)..];
        }
        long end = 0;
        foreach (var range in ranges.Order())
        {
            if (range.Begin < end) throw Damaged("its entries overlap");
            end = range.End;
        }
        if (end > offset) throw Damaged("its entries overlap the directory");
        if (_entries.Values.Where(e => e.Deflated).Sum(e => (decimal)e.Length) > InflationLimit * (decimal)source.Length + InflationConstant)
            throw WeightErrors.Unreadable("it unpacks to many times its size, as a zip bomb does; nothing was unpacked. Save the weights without compression.");
    }

    public IReadOnlyDictionary<string, ArchiveEntry> Entries => _entries;

    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    private (long Offset, long Length, long Count) FindDirectory()
    {
        byte[] tail = _source.Read(Math.Max(0, _source.Length - EndLength - ushort.MaxValue), Math.Min(_source.Length, EndLength + ushort.MaxValue));
        int at = tail.Length - EndLength;
        while (at >= 0 && (U32(tail.AsSpan(at)) != EndSignature || U16(tail.AsSpan(at + 20)) != tail.Length - at - EndLength)) at--;
        if (at < 0) throw Damaged("its end is missing: it is cut short, copy or download it again");
        ReadOnlySpan<byte> end = tail.AsSpan(at);
        long length = U32(end[12..]), offset = U32(end[16..]), count = U16(end[10..]), before = _source.Length - tail.Length + at;
        if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
        {
            ReadOnlySpan<byte> locator = _source.Read(before - Locator64Length, Locator64Length);
            if (U32(locator) == Locator64Signature)
            {
                before = I64(locator[8..]);
                ReadOnlySpan<byte> end64 = _source.Read(before, End64Length);
                if (U32(end64) != End64Signature) throw Damaged("its zip64 end is missing");
                (count, length, offset) = (I64(end64[32..]), I64(end64[40..]), I64(end64[48..]));
            }
        }
        if (offset < 0 || length < 0 || count < 0 || offset > before || length > before - offset) throw Damaged("its directory does not lie within it");
        return (offset, length, count);
    }

    /// <returns>The bytes of the file that the entry takes, its header included.</returns>
    private (long Begin, long End) Add(ReadOnlySpan<byte> central, ReadOnlySpan<byte> rawName)
    {
        string name = Encoding.UTF8.GetString(rawName);
        int flags = U16(central[8..]), method = U16(central[10..]);
        long packed = U32(central[20..]), length = U32(central[24..]), offset = U32(central[42..]);
        Extend64(central[(CentralLength + rawName.Length)..], ref length, ref packed, ref offset);
        if (IsUnsafe(name)) throw WeightErrors.Unreadable($"it has an entry called {WeightErrors.Quote(name)}, which leads out of the archive; nothing was unpacked.");
        if ((flags & 1) != 0) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(name)} is encrypted; save the weights without a password.");
        if (method is not (0 or 8)) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(name)} is packed by method {method}; stored and deflated ones are read.");
        ReadOnlySpan<byte> local = _source.Read(offset, LocalLength);
        if (U32(local) != LocalSignature || U16(local[8..]) != method || U16(local[26..]) != rawName.Length || !_source.Read(offset + LocalLength, rawName.Length).AsSpan().SequenceEqual(rawName))
            throw Damaged($"its entry {WeightErrors.Quote(name)} is not where the directory says");
        long begin = offset + LocalLength + rawName.Length + U16(local[28..]);
        if (packed < 0 || length < 0 || packed > _source.Length - begin || method == 0 && packed != length) throw Damaged($"the size of its entry {WeightErrors.Quote(name)} is impossible");
        var entry = new ArchiveEntry(name, new FileRange(_source, begin, packed), length, method == 8, U32(central[16..]));
        if (!name.EndsWith('/') && !_entries.TryAdd(name, entry)) throw WeightErrors.Unreadable($"two of its entries are called {WeightErrors.Quote(name)}.");
        return (offset, begin + packed);
    }

    /// <summary>Sizes that do not fit into 32 bits stand in an extra field, in this order.</summary>
    private static void Extend64(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        for (; extra.Length >= 4; extra = extra[Math.Min(extra.Length, 4 + U16(extra[2..]))..])
        {
            if (U16(extra) != 1) continue;
            ReadOnlySpan<byte> field = extra[4..Math.Min(extra.Length, 4 + U16(extra[2..]))];
            Extend(ref length, ref field);
            Extend(ref packed, ref field);
            Extend(ref offset, ref field);
            return;
        }

        static void Extend(ref long value, ref ReadOnlySpan<byte> field)
        {
            if (value != uint.MaxValue) return;
            if (field.Length < 8) throw Damaged("a zip64 field is cut short");
            value = I64(field);
            field = field[8..];
        }
    }

    private static bool IsUnsafe(string name) =>
        name.Length == 0 || name[0] is '/' or '\\' || name.Contains('\0') || name.Length > 1 && name[1] == ':' || name.Split('/', '\\').Contains("..");

    private static CnnVisException Damaged(string what) => WeightErrors.Unreadable($"as a zip archive it is damaged: {what}.");

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long I64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
