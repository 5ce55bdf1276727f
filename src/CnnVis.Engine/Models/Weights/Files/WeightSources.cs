namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>The files that are open while weights are read: one, or an index and its shards.</summary>
internal sealed class WeightSources : IDisposable
{
    private readonly List<WeightSource> _open = [];

    public WeightSource Open(string path, long start = 0, long? length = null)
    {
        var source = new WeightSource(path, start, length);
        _open.Add(source);
        return source;
    }

    public void Dispose()
    {
        foreach (WeightSource source in _open) source.Dispose();
    }
}
