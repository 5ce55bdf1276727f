namespace CnnVis.Engine.Filters;

/// <summary>
/// Says how far a layer's filters are on the way from trained to random. Smoothness is additive in energy: filters of smoothness t with
/// white noise (smoothness 4) on top, a share a of the total energy, have (1 − a) t + 4 a. Solved for a, with the t of well-trained
/// filters, it is the share of the layer's energy that looks like noise.
/// </summary>
/// <remarks>
/// Calibration, on the bundled network: its convolutions have 1.3 to 1.7 (3×3 to 7×7 windows), and had up to 1.9 after a third of their
/// training; freshly initialised ones have 4.0, and noise of as much energy as the trained weights on top of them gives 2.7 to 2.9.
/// </remarks>
public static class NoiseScale
{
    /// <summary>Smoothness of white noise, whatever the window.</summary>
    public const double White = 4;

    /// <summary>Smoothness that well-trained filters stay below.</summary>
    public const double Trained = 1.8;

    /// <summary>Below this share of noise, filters are as trained ones are.</summary>
    public const double SmoothLimit = 0.25;

    /// <summary>From this share of noise on, filters are not to be told from random ones.</summary>
    public const double NoisyLimit = 0.75;

    /// <summary>The share of noise, in [0, 1]; NaN where the smoothness is.</summary>
    public static double Level(double smoothness) => Math.Clamp((smoothness - Trained) / (White - Trained), 0, 1);

    /// <summary>The reading of a level.</summary>
    public static FilterNoise Read(double level) =>
        double.IsNaN(level) ? FilterNoise.Undecided
        : level < SmoothLimit ? FilterNoise.Smooth
        : level < NoisyLimit ? FilterNoise.PartlyNoisy
        : FilterNoise.Noisy;
}
