using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tests.Images;
using FsCheck.Xunit;

namespace CnnVis.Engine.Tests.Retrieval;

public sealed class MergeProperties : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    /// <summary>Whatever the number of shards, the order in which they are merged and the groups in which that is done.</summary>
    [Property(MaxTest = 15)]
    public void ShardsMergeInAnySplitAndOrder(byte pictures, byte shards, int seed)
    {
        string[] files = [.. Enumerable.Range(0, 1 + pictures % 20).Select(i => _folder.Add($"{i:00}.png", Pictures.Png(Pictures.Noise(16, 16, seed: i))))];
        var query = new RetrievalQuery { Layers = [RetrievalRun.All(_network, "relu2"), RetrievalRun.All(_network, "fc4")], Top = 4, PerImage = 2, BatchSize = 4 };
        int count = 1 + shards % 6;
        var parts = Enumerable.Range(1, count).Select(i => RetrievalRun.Over(_network, query, files, new Shard(i, count))).ToList();
        var random = new Random(seed);
        while (parts.Count > 1)
        {
            int together = random.Next(2, parts.Count + 1);
            MaxActivatingImageSet[] group = [.. Enumerable.Range(0, together).Select(_ => Taken(random.Next(parts.Count)))];
            parts.Add(RetrievalMerge.Of(group));
        }
        Assert.Equal(RetrievalRun.Bytes(RetrievalRun.Over(_network, query, files)), RetrievalRun.Bytes(parts[0]));

        MaxActivatingImageSet Taken(int place)
        {
            MaxActivatingImageSet part = parts[place];
            parts.RemoveAt(place);
            return part;
        }
    }
}
