using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Predictions;

/// <summary>Turns batches of pictures into the most probable classes.</summary>
/// <remarks>
/// <code>
/// p = softmax(z), or what the kind of answer says
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var predictor = new Predictor(network, top: 5);
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (CnnPrediction prediction in predictor.Predict(batch)) Console.WriteLine(prediction);
/// </code>
/// </example>
public sealed class Predictor
{
    private readonly Network _network;
    private readonly int _top;
    private readonly int[]? _classes;

    /// <param name="network">Whom to ask.</param>
    /// <param name="top">Classes to report, the most probable first.</param>
    /// <param name="classes">The classes among which to choose; null for all of them.</param>
    public Predictor(Network network, int top, IReadOnlyList<int>? classes = null)
    {
        (_network, _top, _classes) = (network, top, classes is null ? null : [.. classes]);
        if (network.Answer != AnswerKind.Numbers) network.Answers.NeedClasses(network.Name, "a prediction");
    }

    /// <summary>A prediction for each readable picture of the batch, in order. Equal probabilities rank by lowest index.</summary>
    public IReadOnlyList<CnnPrediction> Predict(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        float[] probabilities = (batch.Answers ?? _network.Forward(pixels, [_network.Answers.Probabilities], cancellation)[0]).flatten(1).ToFloats(); // [N, classes]
        int classes = _network.Classes.Count;
        return [.. batch.Readable.Select((image, i) => new CnnPrediction(image.Path, _network.Name, Rank(probabilities.AsSpan(i * classes, classes))) { Origin = image.Source.OriginOf(_network) })];
    }

    private ClassProbability[] Rank(ReadOnlySpan<float> probabilities)
    {
        int[] order = _classes is null ? [.. Enumerable.Range(0, probabilities.Length)] : [.. _classes];
        float[] keys = new float[order.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = probabilities[order[i]];
        bool areNumbers = _network.Answer == AnswerKind.Numbers; // which have no rank
        return [.. order.Select((index, i) => (index, probability: keys[i])).OrderByDescending(c => areNumbers ? -c.index : c.probability).ThenBy(c => c.index)
            .Take(_top)
            .Select(c => (areNumbers ? new NumberScore(c.index, _network.Classes[c.index], c.probability) : new ClassProbability(c.index, _network.Classes[c.index], c.probability)) with { Origin = _network.Origin })];
    }
}
