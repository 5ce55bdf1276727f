using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Corruptions;

/// <summary>Shows a network pictures that change little by little, and counts how often its answer does. What the pictures show does not matter.</summary>
public sealed class PerturbationMeasurement
{
    private const int Few = 5;

    private readonly Network _network;
    private readonly IReadOnlyList<Perturbation> _perturbations;
    private readonly StabilityTally _tally;
    private readonly int _seed;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes, or its pictures have more channels than photos.</exception>
    public PerturbationMeasurement(Network network, IReadOnlyList<Perturbation> perturbations, int seed)
    {
        network.Answers.NeedClasses(network.Name, "a flip of its answer");
        InputPixels.Ensure(network);
        (_network, _perturbations, _seed) = (network, perturbations, seed);
        _tally = new StabilityTally(network.Name, Context, network.Origin);
    }

    /// <summary>What makes results of what is found.</summary>
    public StabilityContext Context => new([.. _perturbations.Select(p => p.Name)], [.. _perturbations.Select(p => p.FrameCount)], _seed);

    /// <summary>What was found, a perturbation each; nothing before the first picture.</summary>
    public IReadOnlyList<PerturbationStability> Result => _tally.Result;

    /// <summary>Takes in what was found of a picture.</summary>
    public void Add(FoundStability found) => _tally.Add(found);

    /// <summary>Looks at a batch, a picture and a perturbation at a time.</summary>
    /// <returns>What is found of each readable picture.</returns>
    public IReadOnlyList<FoundStability> Look(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        PixelImage[] images = InputPixels.Of(batch, _network.Input);
        FoundStability[] found = [.. images.Select(_ => new FoundStability(new double[_perturbations.Count], new double[_perturbations.Count]))];
        for (int n = 0; n < images.Length; n++)
            for (int p = 0; p < _perturbations.Count; p++)
            {
                using var pass = NewDisposeScope();
                PixelImage[] frames = [.. Perturbations.Frames(images[n], _perturbations[p], _seed)];
                Tensor shown = InputPixels.ToTensor(frames, pixels, _network.Input, [.. frames.Select(_ => n)]);
                float[] values = _network.Forward(shown, [_network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats(); // [frames, classes]
                (found[n].Flips[p], found[n].Distances[p]) = Compare(values, frames.Length, _perturbations[p].IsNoise, _network.Answer == AnswerKind.Labels);
                progress?.Invoke((n * _perturbations.Count + p + 1.0) / (images.Length * _perturbations.Count));
            }
        return found;
    }

    /// <summary>Share of the frames whose first class (where labels may hold together: any label) is not that of the frame before (of noise, of the first), and how far the first five move.</summary>
    internal static (double Flips, double Distance) Compare(float[] values, int frames, bool isNoise, bool isOfLabels = false)
    {
        int classes = values.Length / frames;
        int[][] orders = [.. Enumerable.Range(0, frames).Select(f => Enumerable.Range(0, classes).OrderByDescending(c => values[f * classes + c]).ThenBy(c => c).ToArray())];
        double flips = 0, distance = 0;
        for (int f = 1; f < frames; f++)
        {
            int other = isNoise ? 0 : f - 1;
            int[] before = orders[other], now = orders[f];
            if (isOfLabels ? Enumerable.Range(0, classes).Any(c => values[other * classes + c] >= 0.5f != values[f * classes + c] >= 0.5f) : before[0] != now[0]) flips++;
            for (int i = 0; i < Math.Min(Few, classes); i++) distance += Math.Abs(i - Math.Min(Array.IndexOf(now, before[i]), Few));
        }
        return (flips / (frames - 1), distance / (frames - 1));
    }
}
