using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Writes zip archives field by field, so that each can be made to lie.</summary>
internal sealed class ZipWriter
{
    private readonly MemoryStream _file = new(), _directory = new();
    private int _count;

    /// <summary>Whether all sizes and offsets are given as zip64.</summary>
    public bool Zip64 { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Adds an entry; whatever is given overrides the truth.</summary>
    public ZipWriter Add(string name, ReadOnlySpan<byte> content, bool deflate = false, uint? crc = null, long? length = null, long? packed = null, long? offset = null, int method = -1, int flags = 0x800)
    {
        byte[] bytes = deflate ? Deflate(content) : content.ToArray(), nameBytes = Encoding.UTF8.GetBytes(name);
        uint sum = crc ?? Crc32.HashToUInt32(content);
        int how = method >= 0 ? method : deflate ? 8 : 0;
        long at = _file.Length;
        using (var local = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true))
        {
            local.Write(0x04034b50);
            Fields(local, how, sum, bytes.Length, content.Length, nameBytes.Length, 0, flags);
            local.Write(nameBytes);
            local.Write(bytes);
        }
        using var central = new BinaryWriter(_directory, Encoding.UTF8, leaveOpen: true);
        central.Write(0x02014b50);
        central.Write((short)20);
        long packedLength = packed ?? bytes.Length, fullLength = length ?? content.Length, position = offset ?? at;
        Fields(central, how, sum, Zip64 ? uint.MaxValue : packedLength, Zip64 ? uint.MaxValue : fullLength, nameBytes.Length, Zip64 ? 28 : 0, flags);
        central.Write(new byte[10]); // comment, disk, attributes
        central.Write((uint)(Zip64 ? uint.MaxValue : position));
        central.Write(nameBytes);
        if (Zip64)
        {
            central.Write((short)1);
            central.Write((short)24);
            central.Write(fullLength);
            central.Write(packedLength);
            central.Write(position);
        }
        _count++;
        return this;
    }

    public byte[] Finish()
    {
        using var end = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true);
        long at = _file.Length;
        end.Write(_directory.ToArray());
        if (Zip64)
        {
            long at64 = _file.Length;
            end.Write(0x06064b50);
            end.Write(44L);
            end.Write(new byte[12]); // versions, disks
            end.Write((long)_count);
            end.Write((long)_count);
            end.Write(_directory.Length);
            end.Write(at);
            end.Write(0x07064b50);
            end.Write(0);
            end.Write(at64);
            end.Write(1);
        }
        end.Write(0x06054b50);
        end.Write(0);
        end.Write((ushort)(Zip64 ? ushort.MaxValue : _count));
        end.Write((ushort)(Zip64 ? ushort.MaxValue : _count));
        end.Write((uint)(Zip64 ? uint.MaxValue : _directory.Length));
        end.Write((uint)(Zip64 ? uint.MaxValue : at));
        end.Write((ushort)Comment.Length);
        end.Write(Encoding.ASCII.GetBytes(Comment));
        return _file.ToArray();
    }

    private static void Fields(BinaryWriter to, int method, uint crc, long packed, long length, int name, int extra, int flags)
    {
        to.Write((short)20);
        to.Write((short)flags);
        to.Write((short)method);
        to.Write(0);
        to.Write(crc);
        to.Write((uint)packed);
        to.Write((uint)length);
        to.Write((short)name);
        to.Write((short)extra);
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize)) deflate.Write(content);
        return packed.ToArray();
    }
}
