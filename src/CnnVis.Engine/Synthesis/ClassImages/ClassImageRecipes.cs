using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Synthesis.Parameterizations;
using CnnVis.Engine.Synthesis.Regularizers;
using CnnVis.Engine.Synthesis.Transformations;

namespace CnnVis.Engine.Synthesis.ClassImages;

/// <summary>The methods, put together of exchangeable parts.</summary>
internal static class ClassImageRecipes
{
    private const double SpectrumNoise = 0.01, PixelNoise = 0.05, Momentum = 0.9;

    /// <summary>How far from the mean, root mean square, Simonyan's picture of a linear score would be: x = g / 2λ. A photo is about as far.</summary>
    private const double LinearContrast = 0.3;

    /// <summary>The parts of a method for a network.</summary>
    public static SynthesisOptions Of(Network network, ClassImageOptions options, float[] mean)
    {
        CnnInput input = network.Input;
        int shift = Math.Max(1, Math.Min(input.Height, input.Width) / 16);
        int steps = options.Steps ?? options.Method switch { ClassImageMethod.Simonyan => 100, ClassImageMethod.Yosinski => 200, _ => 384 };
        SynthesisOptions parts = options.Method switch
        {
            ClassImageMethod.Simonyan => new SynthesisOptions
            {
                Parameterization = new PixelParameterization(),
                Optimizer = () => new GradientDescent(StepSize.HalfCosine(options.LearningRate ?? 0.005, steps), Momentum, options.Smoothing),
                Regularizers = [new SquaredNorm(options.Lambda ?? 1 / (2 * LinearContrast), mean)],
                PenaltyUnit = options.Lambda is null ? PenaltyUnit.Gradient : PenaltyUnit.One,
                Transformations = Views(options, shift, 0, 0),
                Noise = options.Noise == true ? PixelNoise : 0,
                Steps = steps,
            },
            ClassImageMethod.Yosinski => new SynthesisOptions
            {
                Parameterization = new PixelParameterization(),
                Optimizer = () => new GradientDescent(StepSize.Constant(options.LearningRate ?? 0.02), 0),
                Regularizers =
                [
                    new Decay(options.Decay, mean),
                    .. options.BlurDeviation > 0 ? [new Blur(options.BlurDeviation, options.BlurEvery)] : Array.Empty<IRegularizer>(),
                    new ClipSmallPixels(options.NormPercentile, options.ContributionPercentile, mean),
                ],
                Transformations = Views(options, shift, 0, 0),
                Noise = options.Noise == false ? 0 : PixelNoise,
                Steps = steps,
            },
            _ => new SynthesisOptions
            {
                Parameterization = new FourierParameterization(input, options.Colors ?? ColorCorrelation.ImageNet(input.Channels)),
                Optimizer = () => new Adam(StepSize.Constant(options.LearningRate ?? 0.05)),
                Regularizers = options.TotalVariation is 0 ? [] : [new TotalVariation(options.TotalVariation ?? 0.005)],
                PenaltyUnit = PenaltyUnit.Gain,
                Transformations = Views(options, shift, 0.1, 8),
                Noise = options.Noise == false ? 0 : SpectrumNoise,
                Steps = steps,
            },
        };
        return parts with { BatchSize = options.BatchSize };
    }

    private static ITransformation[] Views(ClassImageOptions options, int jitter, double scale, double degrees)
    {
        var view = new RandomView(options.Jitter ?? jitter, options.Scale ?? scale, options.Rotation ?? degrees);
        return view is { Jitter: 0, Scale: 0, Degrees: 0 } ? [] : [view];
    }
}
