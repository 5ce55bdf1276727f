using System.Diagnostics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>Find-MaxActivatingImage for AlexNet over full-size photos against decoding alone and the forward pass alone, and what keeping the places adds to a forward pass.</summary>
internal static class RetrievalPipeline
{
    private const int Count = 480, WarmUp = 48, BatchSize = 16;
    private static readonly string[] _layers = ["relu1", "relu2", "relu3", "relu4", "relu5", "relu6", "relu7"];

    public static void Run(Module module)
    {
        Network network = Classics.AsNetwork(Classics.AlexNet());
        Measure(module, network, Photos.Take(WarmUp));
        var (decodeSeconds, forwardSeconds, keepingSeconds, pipelineSeconds) = Measure(module, network, Photos.Take(Count));
        Report.Line(new
        {
            benchmark = "retrieval-pipeline",
            photos = Count,
            cores = Environment.ProcessorCount,
            decode_s = decodeSeconds,
            forward_s = forwardSeconds,
            pipeline_s = pipelineSeconds,
            of_slower = Math.Max(decodeSeconds, forwardSeconds) / pipelineSeconds,
            of_sum = (decodeSeconds + forwardSeconds) / pipelineSeconds,
            keeping_share = keepingSeconds / forwardSeconds - 1,
            target = 0.95,
            target_keeping = 0.05,
        });
    }

    private static (double Decode, double Forward, double Keeping, double Pipeline) Measure(Module module, Network network, string[] photos)
    {
        double decode = Seconds(() =>
        {
            using var stream = new ImageStream(network, BatchSize, CancellationToken.None);
            foreach (ImageBatch _ in stream.Batches(photos.Select(p => new ImageSource(p)))) { }
        });
        var (forward, keeping) = Forward(network, photos);
        double pipeline = Seconds(() => module.Run($"param($model, $paths) $paths | Find-MaxActivatingImage -Model $model -Layer {string.Join(", ", _layers)} -BatchSize {BatchSize}", network, photos));
        return (decode, forward, keeping, pipeline);
    }

    /// <summary>Seconds of the passes alone, and of the passes with what is kept of them, over batches that differ.</summary>
    private static (double Alone, double Keeping) Forward(Network network, string[] photos)
    {
        var query = new RetrievalQuery { Layers = [.. _layers.Select(l => new LayerUnits(network.Layer(l), [.. Enumerable.Range(0, network.Layer(l).Channels)], [], null))], BatchSize = BatchSize };
        using var retrieval = new ImageRetrieval(network, query);
        using SumRun<FoundUnits> run = retrieval.Begin(Shard.Whole, checkpoint: null);
        using var stream = new ImageStream(network, BatchSize, CancellationToken.None);
        string[] values = [.. _layers.Select(l => network.Value(network.Layer(l)))];
        double alone = 0, keeping = 0;
        foreach (ImageBatch batch in stream.Batches(photos.Select(p => new ImageSource(p)).Where(run.List)))
        {
            alone += Seconds(() =>
            {
                using var inference = inference_mode();
                using var scope = NewDisposeScope();
                network.Forward(batch.Pixels!, values);
            });
            keeping += Seconds(() => run.Add(batch, images => retrieval.Look(batch, images, CancellationToken.None), _ => { }));
        }
        return (alone, keeping);
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
