using System.Diagnostics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Predictions;
using TorchSharp;

namespace CnnVis.Benchmarks;

/// <summary>
/// Get-CnnPrediction over full-size photos against decoding alone and the forward pass alone. The two overlap as far as there are cores:
/// where each alone keeps every core busy, no pipeline can beat their sum, so the same is measured with one core left to the forward pass.
/// </summary>
internal static class PredictionPipeline
{
    private const int Count = 240, BatchSize = 16, Rounds = 5;

    public static void Run(Module module)
    {
        Network network = Classics.AsNetwork(Classics.AlexNet());
        string[] photos = Photos.Take(Count);
        int all = torch.get_num_threads();
        foreach (int threads in new[] { Math.Max(1, all / 2), all }.Distinct())
        {
            torch.set_num_threads(threads);
            var decode = new double[Rounds];
            var forward = new double[Rounds];
            var pipeline = new double[Rounds];
            for (int round = -1; round < Rounds; round++)
            {
                double d = Seconds(() => Decode(network, photos)), f = Seconds(() => Forward(network, photos)), p = Seconds(() => Predict(module, network, photos));
                if (round >= 0) (decode[round], forward[round], pipeline[round]) = (d, f, p); // the first round warms up
            }
            var (decodeSeconds, forwardSeconds, pipelineSeconds) = (Report.Median(decode), Report.Median(forward), Report.Median(pipeline));
            Report.Line(new
            {
                benchmark = "prediction-pipeline",
                photos = Count,
                cores = Environment.ProcessorCount,
                forward_threads = threads,
                decode_s = decodeSeconds,
                forward_s = forwardSeconds,
                pipeline_s = pipelineSeconds,
                of_slower = Math.Max(decodeSeconds, forwardSeconds) / pipelineSeconds,
                of_sum = (decodeSeconds + forwardSeconds) / pipelineSeconds,
                target = 0.95,
            });
        }
        torch.set_num_threads(all);
    }

    private static void Predict(Module module, Network network, string[] photos) =>
        module.Run("param($model, $paths) $paths | Get-CnnPrediction -Model $model -BatchSize 16", network, photos);

    private static void Decode(Network network, string[] photos)
    {
        using var stream = new ImageStream(network, BatchSize, CancellationToken.None);
        foreach (ImageBatch _ in stream.Batches(photos.Select(p => new ImageSource(p)))) { }
    }

    private static void Forward(Network network, string[] photos)
    {
        var predictor = new Predictor(network, top: 5);
        using var stream = new ImageStream(network, BatchSize, CancellationToken.None);
        foreach (string photo in photos[..BatchSize]) stream.Add(new ImageSource(photo));
        using ImageBatch batch = stream.Take();
        for (int i = 0; i < photos.Length; i += BatchSize) predictor.Predict(batch);
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
