namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>A file on a disk that has room for no more than the first write.</summary>
internal sealed class FullDisk(string path) : FileStream(path, FileMode.Append, FileAccess.Write)
{
    private const int NoSpace = 28;
    private bool _full;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_full) throw new IOException("No space left on device", NoSpace);
        _full = true;
        return base.WriteAsync(buffer, cancellationToken);
    }
}
