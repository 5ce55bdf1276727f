using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Corruptions;

/// <summary>Shows a network corrupted pictures and counts how often it is right. Holds no picture.</summary>
public sealed class CorruptionMeasurement
{
    private readonly Network _network;
    private readonly CorruptionQuery _query;
    private readonly Func<string, int>? _labels;
    private readonly int[] _correct;
    private int _count, _clean;

    /// <param name="network">The network.</param>
    /// <param name="query">What is measured.</param>
    /// <param name="labels">Output index of what a picture shows, or an error; null for what the network says of it as it is.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes, or its pictures have more channels than photos.</exception>
    public CorruptionMeasurement(Network network, CorruptionQuery query, Func<string, int>? labels)
    {
        network.Answers.NeedClasses(network.Name, "accuracy under corruption");
        InputPixels.Ensure(network);
        (_network, _query, _labels) = (network, query, labels);
        _correct = new int[query.Corruptions.Count * query.Severities.Count];
    }

    /// <summary>What was counted, corruption by corruption; nothing before the first picture.</summary>
    public IReadOnlyList<CorruptionMeasure> Measures => _count == 0 ? [] : [.. _query.Corruptions.SelectMany((c, i) => _query.Severities.Select((s, j) => new CorruptionMeasure
    {
        Origin = _network.Origin,
        Model = _network.Name,
        Corruption = c.Name,
        Family = c.Family,
        Severity = s,
        Accuracy = BinomialBound.Rate(_correct[i * _query.Severities.Count + j], _count),
        CleanAccuracy = BinomialBound.Rate(_clean, _count),
    }))];

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="failed">Takes pictures without a label, which are left out.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Add(ImageBatch batch, Action<CnnVisException> failed, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        int[] said = Said(pixels, cancellation);
        List<(int Row, int Label)> known = [];
        for (int i = 0; i < said.Length; i++)
        {
            try
            {
                known.Add((i, _labels?.Invoke(batch.Readable[i].Path) ?? said[i]));
            }
            catch (CnnVisException error)
            {
                failed(error);
            }
        }
        if (known.Count == 0) return;
        PixelImage[] images = InputPixels.Of(pixels, _network.Input, [.. known.Select(k => k.Row)]);
        int clean = known.Count(k => said[k.Row] == k.Label);
        int[] correct = new int[_correct.Length];
        for (int i = 0; i < correct.Length; i++)
        {
            var (corruption, severity) = (_query.Corruptions[i / _query.Severities.Count], _query.Severities[i % _query.Severities.Count]);
            var corrupted = new PixelImage[images.Length];
            Parallel.For(0, images.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = ImageLoader.DefaultThreads },
                n => corrupted[n] = Corruptor.Apply(images[n], corruption, severity, _query.Seed, _query.JpegQuality));
            using var pass = NewDisposeScope();
            int[] answers = Said(InputPixels.ToTensor(corrupted, pixels, _network.Input, [.. known.Select(k => k.Row)]), cancellation);
            correct[i] = known.Where((k, n) => answers[n] == k.Label).Count();
            progress?.Invoke((i + 1.0) / correct.Length);
        }
        // All or nothing of a batch: what was stopped counts nowhere.
        for (int i = 0; i < correct.Length; i++) _correct[i] += correct[i];
        (_count, _clean) = (_count + known.Count, _clean + clean);
    }

    /// <summary>The most probable classes; equal ones by lowest index.</summary>
    private int[] Said(Tensor pixels, CancellationToken cancellation)
    {
        float[] values = _network.Forward(pixels, [_network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats(); // [N, classes]
        int classes = _network.Classes.Count;
        return [.. Enumerable.Range(0, values.Length / classes).Select(i =>
        {
            ReadOnlySpan<float> row = values.AsSpan(i * classes, classes);
            int best = 0;
            for (int c = 1; c < row.Length; c++)
                if (row[c] > row[best]) best = c;
            return best;
        })];
    }
}
