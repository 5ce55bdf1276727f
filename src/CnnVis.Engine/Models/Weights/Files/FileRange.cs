namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>Neighbouring bytes of a file.</summary>
internal sealed class FileRange : ISection
{
    private readonly WeightSource _source;
    /// <exception cref="CnnVisException">It does not lie within the file.</exception>
    public FileRange(WeightSource source, long offset, long length)
    {
        if (offset < 0 || length < 0 || length > source.Length - offset) throw WeightSource.Truncated();
        (_source, Offset, Length) = (source, offset, length);
    }

    /// <summary>Where in the file it begins.</summary>
    public long Offset { get; }

    public long Length { get; }

    public Stream Open() => new RangeStream(_source, Offset, Length);
}
