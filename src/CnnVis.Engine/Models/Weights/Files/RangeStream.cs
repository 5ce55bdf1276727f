namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>Reads neighbouring bytes of a file, straight into the reader's memory.</summary>
internal sealed class RangeStream(WeightSource source, long offset, long length) : ForwardStream
{
    private long _offset = offset, _remaining = length;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > _remaining) buffer = buffer[..(int)_remaining];
        if (buffer.IsEmpty) return 0;
        int read = source.ReadSome(_offset, buffer);
        _offset += read;
        _remaining -= read;
        return read;
    }
}
