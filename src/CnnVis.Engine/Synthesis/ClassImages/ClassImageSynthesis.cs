using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis.Transformations;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.ClassImages;

/// <summary>Makes pictures that raise numbers of a network, and asks the network what it thinks of them.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1312.6034"/>
/// <see href="https://arxiv.org/abs/1506.06579"/>
/// <see href="https://distill.pub/2017/feature-visualization"/>
/// <code>
/// Simonyan  x = argmax E[S(τ(x))] − λ ‖x‖², τ random shifts, by Sobolev gradients
/// Yosinski  x ← r(x + η ∂S(τ(x))/∂x), r: decay, blur, clipping of small values
/// Lucid     x = decode(z), z = argmax E[S(τ(decode(z)))], τ random transformations
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// CompiledObjective objective = new ObjectiveCompiler(network, 1).Compile(CnnObjective.OfClass("tabby cat"), default);
/// var synthesis = new ClassImageSynthesis(network, new ClassImageOptions { Method = ClassImageMethod.Simonyan, Steps = 20 });
/// foreach (CnnClassImage image in synthesis.Make([objective], [1], null, null, default)) Console.WriteLine(image);
/// </code>
/// </example>
/// <param name="network">The network; it is not changed.</param>
/// <param name="options">How.</param>
public sealed class ClassImageSynthesis(Network network, ClassImageOptions options)
{
    private const int JitteredCopies = 16;

    /// <summary>How dark a colour may be for Lucid to begin with it; the sigmoid of its spectrum is flat near black and white.</summary>
    private const float DarkestStart = 0.25f;

    /// <summary>The pictures: for each objective one for each seed, in this order.</summary>
    /// <param name="objectives">What they raise.</param>
    /// <param name="seeds">Seeds, at least one.</param>
    /// <param name="references">What real pictures reach; null where nobody asked.</param>
    /// <param name="progress">Gets how far it is.</param>
    /// <param name="cancellation">Ends it; what there is comes out, marked as interrupted.</param>
    public IReadOnlyList<CnnClassImage> Make(
        IReadOnlyList<CompiledObjective> objectives, IReadOnlyList<int> seeds, ReferenceScores? references, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        float[] mean = NetworkMean.Of(network), start = options.Start ?? PlainPicture.Of(network.Input, [.. mean.Select(Plain)]);
        SynthesisOptions parts = ClassImageRecipes.Of(network, options, mean);
        IObjective[] raised = [.. objectives.Select(o => options.Diversity > 0
            ? new WeightedSum([(1, o.Raised), (options.Diversity, new DiversityObjective(StyleValue()))])
            : o.Raised)];
        SynthesisItem[] items = [.. raised.SelectMany(o => seeds.Select(s => new SynthesisItem(o, s, start)))];
        IReadOnlyList<SynthesizedPicture> pictures = new Synthesizer(network, parts).Run(items, progress, cancellation);
        return [.. pictures.Select((p, i) => Describe(objectives[i / seeds.Count], seeds[i % seeds.Count], p, start, references?[i / seeds.Count], cancellation))];
    }

    private string StyleValue() => network.Layers.LastOrDefault(l => network.Layout(network.Value(l)) is { Height: > 1, Width: > 1 }) is { } layer ? network.Units(layer)
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} has no layer with rows and columns, whose style could differ: leave -Diversity out.", options.Diversity);

    private float Plain(float mean) => options.Method == ClassImageMethod.Lucid ? Math.Clamp(mean, DarkestStart, 1 - DarkestStart) : mean;

    private CnnClassImage Describe(CompiledObjective objective, int seed, SynthesizedPicture picture, float[] start, (float Score, string Path)? reference, CancellationToken cancellation)
    {
        CnnInput input = network.Input;
        Answer? answer = PictureScores.Unless(() => Ask(objective, seed, picture, start, cancellation), cancellation);
        return new CnnClassImage
        {
            Origin = network.Origin,
            Model = network.Name,
            Objective = objective.Objective,
            ClassIndex = objective.Class,
            Class = objective.Class is { } index ? network.Classes[index] : null,
            Method = options.Method,
            Seed = seed,
            Steps = picture.Steps,
            IsInterrupted = picture.IsInterrupted,
            Channels = input.Channels,
            Height = input.Height,
            Width = input.Width,
            Values = picture.Pixels,
            Image = ArrayImage.ToImage(picture.Pixels, input),
            Score = answer?.Score ?? picture.Scores[picture.Steps],
            StartScore = answer?.StartScore ?? picture.Scores[0],
            Scores = picture.Scores,
            Probability = answer?.Probability,
            Predicted = answer?.Predicted is { } predicted ? network.Classes[predicted] : null,
            PredictedProbability = answer?.PredictedProbability,
            JitterScore = answer?.JitterScore,
            JitterAgreement = answer?.JitterAgreement,
            ReferenceMaximum = reference?.Score,
            ReferencePath = reference?.Path,
        };
    }

    /// <summary>What the network says of a picture, of the one that it began as, and of shifted copies.</summary>
    private Answer Ask(CompiledObjective objective, int seed, SynthesizedPicture picture, float[] start, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        CnnInput input = network.Input;
        int classes = network.Classes.Count;
        Tensor pixels = PictureScores.Stack(network, [picture.Pixels, start]); // [2, C, H, W]
        Random[] random = [.. Enumerable.Range(0, JitteredCopies).Select(i => new Random(unchecked(seed * JitteredCopies + i) & int.MaxValue))];
        var shift = new RandomView(Math.Max(1, Math.Min(input.Height, input.Width) / 16));
        Tensor copies = shift.Apply(pixels.narrow(0, 0, 1).expand(JitteredCopies, -1, -1, -1), random);
        var (scores, probabilities) = PictureScores.Of(network, cat([pixels, copies]), [.. Enumerable.Repeat(objective.Meaning, 2 + JitteredCopies)], cancellation);
        if (probabilities.Length == 0) return new Answer(scores[0], scores[1], null, null, null, scores[2..].Average(), null);
        int predicted = Predicted(0);
        return new Answer(scores[0], scores[1], objective.Class is { } c ? probabilities[c] : null, predicted, probabilities[predicted], scores[2..].Average(),
            objective.Class is { } wanted ? Enumerable.Range(2, JitteredCopies).Count(i => Predicted(i) == wanted) / (double)JitteredCopies : null);

        int Predicted(int row) => probabilities.AsSpan(row * classes, classes).PlaceOfLargest();
    }

    private sealed record Answer(float Score, float StartScore, float? Probability, int? Predicted, float? PredictedProbability, float JitterScore, double? JitterAgreement);
}
