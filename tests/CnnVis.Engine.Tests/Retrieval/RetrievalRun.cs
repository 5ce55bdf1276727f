using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Tests.Retrieval;

/// <summary>Runs retrievals over files.</summary>
internal static class RetrievalRun
{
    /// <summary>A small network with two convolutions, a pooling and two fully connected layers, on 16 x 16 pictures.</summary>
    public static Network Network(long seed = 5) => Engine.Models.Network.Create("small", "test", new TestNetworks.Chain(seed, 1, 3, 16, 16)
        .Conv("conv1", 3, 5, 3, 1, 1).Relu("relu1").MaxPool("pool1", 2, 2)
        .Conv("conv2", 5, 6, 3, 1, 1).Relu("relu2")
        .Add("flatten", new Engine.Graphs.Operators.Shapes.Flatten(Engine.Graphs.OperatorAttributes.None)).Fc("fc3", 6 * 64, 12).Relu("relu3").Fc("fc4", 12, 4)
        .Build(), new Dictionary<string, string>(), new ImportOptions());

    /// <summary>All channels of layers.</summary>
    public static LayerUnits All(Network network, string layer, IReadOnlyList<LayerDirection>? directions = null, (int, int)? position = null) =>
        new(network.Layer(layer), [.. Enumerable.Range(0, network.Layer(layer).Channels)], directions ?? [], position);

    /// <summary>Looks at one shard of files.</summary>
    /// <param name="network">The network.</param>
    /// <param name="query">The question.</param>
    /// <param name="files">The files.</param>
    /// <param name="shard">The shard; null for all.</param>
    /// <param name="before">Where to go on.</param>
    /// <param name="stopAfter">Batches after which it ends, incomplete.</param>
    /// <param name="batch">Pictures handed over together; the query's batch size if left out.</param>
    /// <param name="errors">Takes the errors.</param>
    public static MaxActivatingImageSet Over(Network network, RetrievalQuery query, IEnumerable<string> files, Shard? shard = null, MaxActivatingImageSet? before = null, int stopAfter = int.MaxValue, int? batch = null, List<CnnVisException>? errors = null)
    {
        using var folder = new TempFolder();
        Checkpoint? checkpoint = before is null ? null : new Checkpoint(folder["state.json"], TimeSpan.FromDays(1));
        if (before is not null) RetrievalFile.Write(checkpoint!.File, before, overwrite: false);
        using var retrieval = new ImageRetrieval(network, query);
        using SumRun<FoundUnits> run = retrieval.Begin(shard ?? Shard.Whole, checkpoint);
        using var stream = new ImageStream(network, batch ?? query.BatchSize, CancellationToken.None);
        int batches = 0;
        foreach (ImageBatch loaded in stream.Batches(files.Select(f => new ImageSource(f) { Label = FolderLabel.Of(f) }).Where(run.List)))
        {
            run.Add(loaded, images => retrieval.Look(loaded, images, CancellationToken.None), error => errors?.Add(error));
            if (++batches == stopAfter) return retrieval.Found(run.State);
        }
        run.End();
        return retrieval.Found(run.State);
    }

    /// <summary>The bytes of a result's file.</summary>
    public static byte[] Bytes(MaxActivatingImageSet set)
    {
        using var stream = new MemoryStream();
        RetrievalFile.Write(stream, set);
        return stream.ToArray();
    }
}
