using CnnVis.Engine.Synthesis.Parameterizations;

namespace CnnVis.Engine.Synthesis.ClassImages;

/// <summary>How pictures that a network likes are made. What is null is the method's own, and the network's size's.</summary>
public sealed record ClassImageOptions
{
    /// <summary>The defaults.</summary>
    public static ClassImageOptions Default { get; } = new();

    /// <summary>The way.</summary>
    public ClassImageMethod Method { get; init; } = ClassImageMethod.Lucid;

    /// <summary>Steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Size of a step: of Lucid in units of its spectrum, of the others in pixel values, root mean square; Simonyan's steps add up, to ten times as much, and fall to nothing.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Power of the frequency by which the spectrum of Simonyan's gradient is divided; 0 for the plain gradient.</summary>
    public double Smoothing { get; init; } = 1.5;

    /// <summary>λ of Simonyan's λ‖x‖²; null for the one that would bring a linear score's picture 0.3 from the mean, root mean square.</summary>
    public double? Lambda { get; init; }

    /// <summary>Weight of Lucid's total variation, as a share of what the score has gained so far.</summary>
    public double? TotalVariation { get; init; }

    /// <summary>Largest shift of random views, in pixels.</summary>
    public int? Jitter { get; init; }

    /// <summary>Largest change of size of random views.</summary>
    public double? Scale { get; init; }

    /// <summary>Largest rotation of random views, in degrees.</summary>
    public double? Rotation { get; init; }

    /// <summary>How colours go together; null for ImageNet's.</summary>
    public ColorCorrelation? Colors { get; init; }

    /// <summary>Weight of how much the pictures of one objective differ in style, in the last layer with rows and columns.</summary>
    public double Diversity { get; init; }

    /// <summary>Share that Yosinski's decay takes back at each step.</summary>
    public double Decay { get; init; } = 0.0001;

    /// <summary>Deviation of Yosinski's blur, in pixels; 0 for none.</summary>
    public double BlurDeviation { get; init; } = 1;

    /// <summary>Steps from one of Yosinski's blurs to the next.</summary>
    public int BlurEvery { get; init; } = 4;

    /// <summary>Percent of pixels that Yosinski clips by their norm; 0 for none.</summary>
    public double NormPercentile { get; init; }

    /// <summary>Percent of pixels that Yosinski clips by their contribution; 0 for none.</summary>
    public double ContributionPercentile { get; init; }

    /// <summary>What to begin with, [C, H, W]; null for the network's mean.</summary>
    public float[]? Start { get; init; }

    /// <summary>Whether random noise is added to the start; null for the method's own habit.</summary>
    public bool? Noise { get; init; }

    /// <summary>Pictures computed at a time.</summary>
    public int BatchSize { get; init; } = 16;
}
