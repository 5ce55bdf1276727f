using System.IO.Hashing;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.Archives;

/// <summary>Holds what comes out of an archive to its declared length and, once read past the end, to its CRC-32 (none if 0).</summary>
internal sealed class CheckedStream(Stream inner, string name, long length, uint crc) : ForwardStream
{
    private readonly Crc32 _sum = new();
    private long _remaining = length;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (_remaining == 0)
        {
            if (inner.ReadByte() >= 0) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(name)} unpacks to more than it declares, as a zip bomb does.");
            if (crc != 0 && _sum.GetCurrentHashAsUInt32() != crc) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(name)} is damaged: its checksum is wrong. Copy or download the file again.");
            return 0;
        }
        int read = inner.Read(buffer.Length > _remaining ? buffer[..(int)_remaining] : buffer);
        if (read == 0) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(name)} is shorter than it declares; the file is damaged.");
        if (crc != 0) _sum.Append(buffer[..read]);
        _remaining -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
