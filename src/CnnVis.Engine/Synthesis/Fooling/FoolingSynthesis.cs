using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>Makes pictures of nothing that a network is certain about.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1412.1897"/>
/// <code>
/// Gradient           x ← x + η ∂log p(class | x)/∂x from noise
/// Direct, Indirect   MAP-elites: for each class the picture of highest p(class | x) among mutants of elites
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// var fooling = new FoolingSynthesis(network, new FoolingOptions { Method = FoolingMethod.Gradient, Steps = 20 });
/// foreach (CnnFoolingImage image in fooling.Make([network.Class("goldfish")], [1], null, default)) Console.WriteLine(image);
/// </code>
/// </example>
/// <param name="network">The network; it is not changed.</param>
/// <param name="options">How.</param>
public sealed class FoolingSynthesis(Network network, FoolingOptions options)
{
    private const int GradientSteps = 1000, Generations = 2000;

    /// <summary>Of what is missing to certainty, the share that is gone beyond what is wanted, so that rounding to 8 bits leaves enough.</summary>
    private const double Reserve = 0.3;

    /// <summary>Length of a step, root mean square, in pixel values. Without a limit one in fifty leaves its start for noise at once.</summary>
    private const double LongestStep = 0.02;

    /// <summary>Steps of one ascent. A picture that is not there by then stands on a lower top, with many pixels at their bounds: it begins anew with a tenth of the contrast, and noise.</summary>
    private const int Ascent = 150;

    /// <summary>Deviation of that noise, in pixel values.</summary>
    private const double Shake = 0.05;

    /// <summary>The pictures: for each class one for each seed, in this order.</summary>
    /// <param name="classes">Output indices; null for whatever class becomes certain.</param>
    /// <param name="seeds">Seeds, at least one.</param>
    /// <param name="progress">Gets how far it is.</param>
    /// <param name="cancellation">Ends it; what there is comes out, marked as interrupted.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the network does not answer with classes, of which it could be certain.</exception>
    public IReadOnlyList<CnnFoolingImage> Make(IReadOnlyList<int?> classes, IReadOnlyList<int> seeds, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        network.Answers.NeedClasses(network.Name, "to be certain of a class");
        return options.Method == FoolingMethod.Gradient ? Climb(classes, seeds, progress, cancellation) : Evolve(classes, seeds, progress, cancellation);
    }

    private IReadOnlyList<CnnFoolingImage> Climb(IReadOnlyList<int?> classes, IReadOnlyList<int> seeds, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        bool plain = options.Start is { } start && start.Chunk(network.Input.Height * network.Input.Width).All(plane => plane.All(v => v == plane[0]));
        (int? Class, int Seed)[] jobs = [.. classes.SelectMany(c => seeds.Select(s => (c, s)))];
        SynthesisItem[] items = [.. jobs.Select(j => new SynthesisItem(new LogProbabilityObjective(network.Answers.Deciding, j.Class, network.Answers.IsIndependent), j.Seed, options.Start ?? PlainPicture.Noise(network.Input, new Random(j.Seed))))];
        SynthesizedPicture[] pictures = [.. Ascend(items, plain ? Synthesizer.TieBreaker : 0, 0, progress, cancellation)];
        for (int taken = Ascent; taken < Steps && !cancellation.IsCancellationRequested; taken += Ascent)
        {
            int[] open = [.. Enumerable.Range(0, pictures.Length).Where(i => !pictures[i].IsDone)];
            if (open.Length == 0) break;
            SynthesisItem[] anew = [.. open.Select(i => items[i] with { Seed = unchecked(items[i].Seed + taken), Start = Faded(items[i].Start) })];
            foreach (var (i, after) in open.Zip(Ascend(anew, Shake, taken, progress, cancellation))) pictures[i] = Better(pictures[i], after, taken);
        }
        return [.. pictures.Select((p, i) => Describe(p.Pixels, jobs[i].Class, MathF.Exp(p.Scores.Max()), jobs[i].Seed, p.Steps, p.Evaluations, p.IsInterrupted, cancellation))];
    }

    private int Steps => options.Steps ?? GradientSteps;

    private IReadOnlyList<SynthesizedPicture> Ascend(SynthesisItem[] items, double noise, int taken, Action<SynthesisProgress>? progress, CancellationToken cancellation) => new Synthesizer(network, new SynthesisOptions
    {
        Parameterization = new PixelParameterization(),
        Optimizer = () => new Lbfgs(longest: LongestStep),
        Steps = Math.Min(Ascent, Steps - taken),
        Noise = noise,
        EnoughScore = Math.Log(1 - (1 - options.Confidence) * (1 - Reserve)),
        BatchSize = options.BatchSize,
    }).Run(items, progress, cancellation);

    private static float[] Faded(float[] pixels) => [.. pixels.Select(v => 0.5f + (v - 0.5f) / 10)];

    /// <summary>The better of a picture and the one that began anew.</summary>
    private static SynthesizedPicture Better(SynthesizedPicture before, SynthesizedPicture after, int taken)
    {
        SynthesizedPicture better = after.Scores.Max() > before.Scores.Max() ? after with { Steps = taken + after.Steps } : before with { IsInterrupted = after.IsInterrupted };
        return better with { Evaluations = before.Evaluations + after.Evaluations, Scores = [.. before.Scores, .. after.Scores] };
    }

    private IReadOnlyList<CnnFoolingImage> Evolve(IReadOnlyList<int?> classes, IReadOnlyList<int> seeds, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        int[] wanted = classes.Any(c => c is null) ? [.. Enumerable.Range(0, network.Classes.Count)] : [.. classes.Select(c => c!.Value).Distinct()];
        var made = new Dictionary<(int, int), CnnFoolingImage>();
        for (int s = 0; s < seeds.Count && !cancellation.IsCancellationRequested; s++)
        {
            var (archive, interrupted) = Evolve(wanted, classes.Contains(null), seeds[s], (step, confidence) =>
                progress?.Invoke(new SynthesisProgress(s, seeds.Count, step, options.Steps ?? Generations, confidence)), cancellation);
            for (int c = 0; c < classes.Count && archive.Shown > 0; c++)
            {
                int place = classes[c] is { } index ? Array.IndexOf(wanted, index) : archive.Confidences.PlaceOfLargest();
                made[(c, s)] = Describe(archive.Pictures[place], wanted[place], archive.Confidences[place], seeds[s], archive.Generations[place], archive.Evaluations[place], interrupted, cancellation);
            }
        }
        return [.. made.OrderBy(m => m.Key).Select(m => m.Value)];
    }

    private (EliteArchive Archive, bool Interrupted) Evolve(int[] wanted, bool any, int seed, Action<int, double> progress, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var archive = new EliteArchive(network, wanted);
        int generations = options.Steps ?? Generations;
        try
        {
            archive.Show([.. Enumerable.Range(0, options.BatchSize).Select(_ => First(random))], 0, cancellation);
            for (int generation = 1; generation <= generations; generation++)
            {
                progress(generation - 1, archive.Confidences.Average());
                if (any ? archive.Confidences.Any(IsEnough) : archive.Confidences.All(IsEnough)) break;
                // Those that are certain already have no need of children, but are good parents.
                archive.Show([.. Enumerable.Range(0, options.BatchSize).Select(_ => archive.Champions[random.Next(wanted.Length)]!.Mutate(random, generation))], generation, cancellation);
            }
            return (archive, false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (archive, true);
        }
    }

    private bool IsEnough(float confidence) => confidence >= options.Confidence;

    private IGenome First(Random random) => options.Method == FoolingMethod.IndirectEvolution ? PatternGenome.Random(network.Input, random)
        : options.Start is { } start ? new PixelGenome(start)
        : new PixelGenome(PlainPicture.Noise(network.Input, random));

    private CnnFoolingImage Describe(float[] picture, int? wanted, float confidence, int seed, int steps, long evaluations, bool interrupted, CancellationToken cancellation)
    {
        CnnInput input = network.Input;
        float[] rounded = [.. picture.Select(v => MathF.Floor(v * 255 + 0.5f) / 255)];
        float[]? probabilities = PictureScores.Unless(() => Probabilities([picture, rounded], cancellation), cancellation); // [2, classes]
        int classes = network.Classes.Count;
        int? index = wanted ?? (probabilities is null ? null : probabilities.AsSpan(0, classes).PlaceOfLargest());
        return new CnnFoolingImage
        {
            Origin = network.Origin,
            Model = network.Name,
            ClassIndex = index,
            Class = index is null ? null : network.Classes[index.Value],
            Layer = network.Layers.FirstOrDefault(l => network.Value(l) == network.Answers.Deciding && l.Channels == classes)?.Alias,
            Confidence = probabilities?[index!.Value] ?? confidence,
            RoundedConfidence = probabilities?[classes + index!.Value],
            Wanted = options.Confidence,
            Method = options.Method,
            Start = options.Method == FoolingMethod.IndirectEvolution ? "Pattern" : options.StartName,
            Evaluations = evaluations,
            Seed = seed,
            Steps = steps,
            IsInterrupted = interrupted,
            Channels = input.Channels,
            Height = input.Height,
            Width = input.Width,
            Values = picture,
            Image = ArrayImage.ToImage(picture, input),
        };
    }

    private float[] Probabilities(IReadOnlyList<float[]> pictures, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        return network.Forward(PictureScores.Stack(network, pictures), [network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats();
    }
}
