using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Corruptions;

/// <summary>Shows a network corrupted pictures and counts how often it is right. Holds no picture.</summary>
public sealed class CorruptionMeasurement
{
    private readonly Network _network;
    private readonly CorruptionQuery _query;
    private readonly Func<string, int>? _labels;
    private readonly CorruptionTally _tally;
    private readonly EvenPasses? _even;

    /// <param name="network">The network.</param>
    /// <param name="query">What is measured.</param>
    /// <param name="labels">Output index of what a picture shows, or an error; null for what the network says of it as it is.</param>
    /// <param name="evenSize">So many pictures a pass, whatever comes, so that no answer depends on which come together; null for as they come.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes, or its pictures have more channels than photos.</exception>
    public CorruptionMeasurement(Network network, CorruptionQuery query, Func<string, int>? labels, int? evenSize = null)
    {
        network.Answers.NeedClasses(network.Name, "accuracy under corruption");
        InputPixels.Ensure(network);
        (_network, _query, _labels) = (network, query, labels);
        _tally = new CorruptionTally(Context, network.Origin);
        if (evenSize is { } size) _even = new EvenPasses(network, [network.Answers.Probabilities], size);
    }

    /// <summary>What counts its answers.</summary>
    public CorruptionCounted Context => new(_network.Name, [.. _query.Corruptions.Select(c => c.Name)], [.. _query.Corruptions.Select(c => c.Family)], [.. _query.Severities]);

    /// <summary>What was counted, corruption by corruption; nothing before the first picture.</summary>
    public IReadOnlyList<CorruptionMeasure> Measures => _tally.Measures;

    /// <summary>Takes in what was found of a picture; nothing where it is left out.</summary>
    public void Add(CorruptedAnswers? found) => _tally.Add(found);

    /// <summary>Looks at a batch.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="progress">Gets the share of the batch's work that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Of each readable picture what was found; of one without a label, which is left out, why.</returns>
    public IReadOnlyList<(CorruptedAnswers? Found, CnnVisException? Problem)> Look(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        float[][] said = Said(pixels, cancellation);
        List<(int Row, int Label)> known = [];
        var found = new (CorruptedAnswers? Found, CnnVisException? Problem)[said.Length];
        for (int i = 0; i < said.Length; i++)
        {
            try
            {
                known.Add((i, _labels?.Invoke(batch.Readable[i].Path) ?? said[i].AsSpan().PlaceOfLargest()));
            }
            catch (CnnVisException error)
            {
                found[i].Problem = error;
            }
        }
        if (known.Count == 0) return found;
        PixelImage[] images = InputPixels.Of(pixels, _network.Input, [.. known.Select(k => k.Row)]);
        char[][] right = [.. known.Select(_ => new char[_query.Corruptions.Count * _query.Severities.Count])];
        for (int i = 0; i < right[0].Length; i++)
        {
            var (corruption, severity) = (_query.Corruptions[i / _query.Severities.Count], _query.Severities[i % _query.Severities.Count]);
            var corrupted = new PixelImage[images.Length];
            Parallel.For(0, images.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = ImageLoader.DefaultThreads },
                n => corrupted[n] = Corruptor.Apply(images[n], corruption, severity, _query.Seed, _query.JpegQuality));
            using var pass = NewDisposeScope();
            float[][] answers = Said(InputPixels.ToTensor(corrupted, pixels, _network.Input, [.. known.Select(k => k.Row)]), cancellation);
            for (int n = 0; n < answers.Length; n++) right[n][i] = IsRight(answers[n], said[known[n].Row], known[n].Label) ? CorruptedAnswers.Right : CorruptedAnswers.Wrong;
            progress?.Invoke((i + 1.0) / right[0].Length);
        }
        for (int n = 0; n < known.Count; n++) found[known[n].Row].Found = new CorruptedAnswers(IsRight(said[known[n].Row], said[known[n].Row], known[n].Label), new string(right[n]));
        return found;
    }

    /// <summary>Whether a label is the most probable class; where labels may hold together, whether it holds, or, of one that nobody gave, whether it is on the side of ½ where it is in the picture as it is.</summary>
    private bool IsRight(float[] row, float[] clean, int label) =>
        _network.Answer == AnswerKind.Labels ? row[label] >= 0.5f == (_labels is not null || clean[label] >= 0.5f) : row.AsSpan().PlaceOfLargest() == label;

    /// <summary>Probabilities, a row a picture.</summary>
    private float[][] Said(Tensor pixels, CancellationToken cancellation) =>
        [.. (_even?.Run(pixels, cancellation) ?? _network.Forward(pixels, [_network.Answers.Probabilities], cancellation))[0].flatten(1).ToFloats().Chunk(_network.Classes.Count)]; // [N, classes]
}
