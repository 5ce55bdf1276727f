using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Synthesis.Regularizers;
using CnnVis.Engine.Synthesis.Transformations;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>
/// Makes pictures from codes alone (Mahendran and Vedaldi 2014, section 3): lowers ‖φ(x) − φ₀‖² / ‖φ₀‖² plus an α-norm and a total variation, from noise. We differ in
/// four things: pixels stay within [0, 1]; priors are normalised as in their 2016 paper; Adam is the default, whose steps fall to nothing along half a cosine; and beyond the first layers large pictures are moved as spectra
/// of decorrelated colours (Olah et al. 2017), shifted by a pixel where the stride would leave stripes.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1412.0035"/>
/// <see href="https://arxiv.org/abs/1512.02017"/>
/// <code>
/// x = argmin ‖φ(x) − φ₀‖² / ‖φ₀‖² + λₐ ‖x‖ₐᵃ + λ_TV Σ ((xᵢ₊₁ⱼ − xᵢⱼ)² + (xᵢⱼ₊₁ − xᵢⱼ)²)^(β/2)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// var inversion = new CodeInversion(network, new InversionOptions { Steps = 20 });
/// CnnLayer layer = network.Layer("relu3");
/// float[] picture = new float[network.Input.Length]; // black
/// var target = new InversionTarget(null, inversion.Codes([picture], [layer])[0][0], null, picture);
/// foreach (CnnReconstruction reconstruction in inversion.Invert(layer, [target], [1], null, default)) Console.WriteLine(reconstruction);
/// </code>
/// </example>
/// <param name="network">The network; it is not changed.</param>
/// <param name="options">How.</param>
public sealed class CodeInversion(Network network, InversionOptions options)
{
    private const double Noise = 0.1, SpectrumNoise = 0.01, Momentum = 0.9, MomentumRate = 0.02;

    /// <summary>The codes of pictures: for each layer, for each picture the whole layer.</summary>
    /// <param name="pictures">Each [C, H, W].</param>
    /// <param name="layers">The layers.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public float[][][] Codes(IReadOnlyList<float[]> pictures, IReadOnlyList<CnnLayer> layers, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor[] values = network.Forward(PictureScores.Stack(network, pictures), [.. layers.Select(network.Units)], cancellation);
        return [.. values.Select(v => v.ToFloats().Chunk((int)(v.NumberOfElements / pictures.Count)).ToArray())];
    }

    /// <summary>Reconstructions of codes of one layer: for each code one for each seed, in this order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="targets">The codes.</param>
    /// <param name="seeds">Seeds, at least one.</param>
    /// <param name="progress">Gets how far it is.</param>
    /// <param name="cancellation">Ends it; what there is comes out, marked as interrupted.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a code has the wrong length, or no finite numbers; or the layer has no such middle.</exception>
    public IReadOnlyList<CnnReconstruction> Invert(CnnLayer layer, IReadOnlyList<InversionTarget> targets, IReadOnlyList<int> seeds, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        CnnInput input = network.Input;
        // A network that prepares nothing has no mean: the middle of the range stands in for it.
        float[] mean = [.. NetworkMean.Of(network).Select(m => m > 0 ? m : 0.5f)], start = options.Start ?? PlainPicture.Of(input, mean);
        var (alpha, variation) = DepthWeights.Of(network, layer);
        (alpha, variation) = (options.AlphaWeight ?? alpha, options.TotalVariation ?? variation);
        double depth = DepthWeights.Factor(network, layer);
        bool spectrum = options.Spectrum ?? InversionDefaults.Spectrum(input, options.Method, depth);
        int jitter = options.Jitter ?? (options.Method == InversionMethod.Lbfgs ? 0 : InversionDefaults.Jitter(layer, depth, spectrum));
        double colors = input.Channels / 3.0; // both priors are about 1 for a photo of three
        var parts = new SynthesisOptions
        {
            Parameterization = spectrum ? new FourierParameterization(input, ColorCorrelation.ImageNet(input.Channels)) : new PixelParameterization(),
            Optimizer = () => Optimizer(spectrum),
            Regularizers =
            [
                .. alpha > 0 ? [new AlphaNorm(alpha, mean, options.Alpha, AlphaNorm.Photo * Math.Sqrt(colors))] : Array.Empty<IRegularizer>(),
                .. variation > 0 ? [new TotalVariation(variation / colors, options.Beta)] : Array.Empty<IRegularizer>(),
            ],
            Transformations = jitter > 0 ? [new RandomView(jitter)] : [],
            Noise = options.Start is not null ? 0 : spectrum ? SpectrumNoise : Noise,
            Steps = options.Steps,
            BatchSize = options.BatchSize,
        };
        FeatureObjective[] objectives = [.. targets.Select(t => Objective(layer, t))];
        SynthesisItem[] items = [.. objectives.SelectMany(o => seeds.Select(s => new SynthesisItem(o, s, start)))];
        var pictures = new Synthesizer(network, parts).Run(items, progress, cancellation);
        return [.. pictures.Select((p, i) => Describe(layer, targets[i / seeds.Count], objectives[i / seeds.Count], seeds[i % seeds.Count], p, (alpha, variation), cancellation))];
    }

    /// <summary>Sees to it that a layer has the middle that the options ask for.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it has not.</exception>
    public void Check(CnnLayer layer) => CodePlaces.Of(layer, null, options.Neighborhood);

    /// <summary>Sees to it that a code can be one of a layer.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it has the wrong length, or no finite numbers; or the layer has no such middle.</exception>
    public void Check(CnnLayer layer, InversionTarget target)
    {
        Check(layer);
        int places = layer.OutputShape.Skip(1).Aggregate(1, (a, b) => a * b), length = (target.Channels?.Length ?? layer.Channels) * places;
        if (target.Code.Length != length)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"A code of {layer.Alias} of {network.Name} has {length} values; this one{(target.Path is null ? "" : $" of '{target.Path}'")} has {target.Code.Length}.", target.Path ?? layer.Alias);
        if (!target.Code.All(float.IsFinite))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The code{(target.Path is null ? "" : $" of '{target.Path}'")} holds values that are no finite numbers.", target.Path ?? layer.Alias);
    }

    /// <summary>Reconstructions side by side.</summary>
    /// <param name="network">Whose codes they are of.</param>
    /// <param name="items">Picture by picture, and of each in the same order.</param>
    /// <param name="perPicture">How many of each.</param>
    public static CnnReconstructionSheet Sheet(Network network, CnnReconstruction[] items, int perPicture) => new() { Origin = network.Origin, Model = network.Name, Items = items, PerPicture = perPicture };

    private IOptimizer Optimizer(bool spectrum) => options.Method switch
    {
        InversionMethod.Momentum => new GradientDescent(StepSize.InThirds(options.LearningRate ?? MomentumRate, options.Steps), Momentum),
        InversionMethod.Lbfgs => new Lbfgs(),
        _ => new Adam(StepSize.HalfCosine(options.LearningRate ?? InversionDefaults.AdamRate(network.Input, spectrum), options.Steps)),
    };

    private FeatureObjective Objective(CnnLayer layer, InversionTarget target)
    {
        Check(layer, target);
        return CodePlaces.Of(layer, target.Channels, options.Neighborhood) is { } counted
            ? new FeatureObjective(network.Units(layer), [.. counted.InCode.Select(p => target.Code[p])], counted.InLayer)
            : new FeatureObjective(network.Units(layer), target.Code);
    }

    private CnnReconstruction Describe(CnnLayer layer, InversionTarget target, FeatureObjective objective, int seed, SynthesizedPicture picture, (double Alpha, double TotalVariation) weights, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        CnnInput input = network.Input;
        float[][] shown = target.Original is { } original ? [picture.Pixels, original] : [picture.Pixels];
        Tensor pixels = PictureScores.Stack(network, shown);
        var answer = PictureScores.Unless(() => Tuple.Create(PictureScores.Of(network, pixels, [.. shown.Select(_ => objective)], cancellation)), cancellation)?.Item1;
        int classes = network.Classes.Count;
        int? found = answer is not { Probabilities.Length: > 0 } ? null : answer.Value.Probabilities.AsSpan(0, classes).PlaceOfLargest();
        return new CnnReconstruction
        {
            Path = target.Path,
            Origin = network.Origin,
            Model = network.Name,
            Layer = layer.Alias,
            CodeChannels = target.Channels,
            Neighborhood = options.Neighborhood,
            Code = objective.Code,
            Method = options.Method,
            AlphaWeight = weights.Alpha,
            TotalVariationWeight = weights.TotalVariation,
            Seed = seed,
            Steps = picture.Steps,
            IsInterrupted = picture.IsInterrupted,
            Channels = input.Channels,
            Height = input.Height,
            Width = input.Width,
            Values = picture.Pixels,
            Image = ArrayImage.ToImage(picture.Pixels, input),
            Error = MathF.Sqrt(Math.Max(0, -(answer?.Scores[0] ?? picture.Scores[picture.Steps]))),
            Psnr = target.Original is null ? null : -10 * Math.Log10((pixels[0] - pixels[1]).square().mean().item<float>()),
            Ssim = target.Original is null ? null : StructuralSimilarity.Of(pixels[0], pixels[1]).Average(), // each channel as a picture of its own
            OriginalClass = target.Original is null || found is null ? null : network.Classes[answer!.Value.Probabilities.AsSpan(classes, classes).PlaceOfLargest()],
            Class = found is null ? null : network.Classes[found.Value],
            Probability = found is null ? null : answer!.Value.Probabilities[found.Value],
            Original = target.Original is null ? null : ArrayImage.ToImage(target.Original, input),
        };
    }
}
