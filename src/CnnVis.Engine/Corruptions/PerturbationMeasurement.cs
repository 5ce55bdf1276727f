using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Corruptions;

/// <summary>Shows a network pictures that change little by little, and counts how often its answer does. What the pictures show does not matter.</summary>
public sealed class PerturbationMeasurement
{
    private const int Few = 5;

    private readonly Network _network;
    private readonly IReadOnlyList<Perturbation> _perturbations;
    private readonly List<(double Flips, double Distance)>[] _found;
    private readonly int _seed;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes, or its pictures have more channels than photos.</exception>
    public PerturbationMeasurement(Network network, IReadOnlyList<Perturbation> perturbations, int seed)
    {
        network.Answers.NeedClasses(network.Name, "a flip of its answer");
        InputPixels.Ensure(network);
        (_network, _perturbations, _seed) = (network, perturbations, seed);
        _found = [.. perturbations.Select(_ => new List<(double, double)>())];
    }

    /// <summary>What was found, a perturbation each; nothing before the first picture.</summary>
    public IReadOnlyList<PerturbationStability> Result => _found.Length == 0 || _found[0].Count == 0 ? [] : [.. _perturbations.Select((p, i) =>
    {
        double[] flips = [.. _found[i].Select(f => f.Flips)];
        var (lower, upper) = flips.Length > 1 ? Bootstrap.Mean(flips, _seed) : (double.NaN, double.NaN);
        return new PerturbationStability { Origin = _network.Origin, Model = _network.Name, Perturbation = p.Name, Count = flips.Length, Frames = p.FrameCount, FlipRate = flips.Average(), Lower = lower, Upper = upper, TopFiveDistance = _found[i].Average(f => f.Distance) };
    })];

    /// <summary>Looks at a batch, a picture and a perturbation at a time.</summary>
    public void Add(ImageBatch batch, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        PixelImage[] images = InputPixels.Of(batch, _network.Input);
        for (int n = 0; n < images.Length; n++)
            for (int p = 0; p < _perturbations.Count; p++)
            {
                using var pass = NewDisposeScope();
                PixelImage[] frames = [.. Perturbations.Frames(images[n], _perturbations[p], _seed)];
                Tensor shown = InputPixels.ToTensor(frames, pixels, _network.Input, [.. frames.Select(_ => n)]);
                float[] values = _network.Forward(shown, [_network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats(); // [frames, classes]
                _found[p].Add(Compare(values, frames.Length, _perturbations[p].IsNoise));
                progress?.Invoke((n * _perturbations.Count + p + 1.0) / (images.Length * _perturbations.Count));
            }
    }

    /// <summary>Share of the frames whose first class is not that of the frame before (of noise, of the first), and how far the first five move.</summary>
    internal static (double Flips, double Distance) Compare(float[] values, int frames, bool isNoise)
    {
        int classes = values.Length / frames;
        int[][] orders = [.. Enumerable.Range(0, frames).Select(f => Enumerable.Range(0, classes).OrderByDescending(c => values[f * classes + c]).ThenBy(c => c).ToArray())];
        double flips = 0, distance = 0;
        for (int f = 1; f < frames; f++)
        {
            int[] before = orders[isNoise ? 0 : f - 1], now = orders[f];
            if (before[0] != now[0]) flips++;
            for (int i = 0; i < Math.Min(Few, classes); i++) distance += Math.Abs(i - Math.Min(Array.IndexOf(now, before[i]), Few));
        }
        return (flips / (frames - 1), distance / (frames - 1));
    }
}
