namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>What suits a picture's size and a layer's place, where nobody says; measured in docs/synthesis.md.</summary>
internal static class InversionDefaults
{
    /// <summary>Pixels a side from which pictures have so many fine waves that steps in pixels make noise of them, and steps in a spectrum do not.</summary>
    private const int SpectrumFrom = 128;

    /// <summary>Adam's first step: in pixels, or in a small picture's spectrum; and in a large one's, whose longest waves would be as bright as they can be after two of the others.</summary>
    private const double Rate = 0.1, LargeSpectrumRate = 0.05;

    /// <summary>Pixels between units from which the stride leaves stripes that can be seen, and from which a layer knows too little for them.</summary>
    private const double StripesFrom = 4, NoStripesFrom = 8;

    /// <summary>Whether a spectrum is moved: by Adam, whose steps are of one size in all variables and so depend on what these are; and beyond the first layers, which know all waves.</summary>
    /// <param name="input">What the network takes.</param>
    /// <param name="method">The way down.</param>
    /// <param name="depth">The layer's <see cref="DepthWeights.Factor"/>.</param>
    public static bool Spectrum(CnnInput input, InversionMethod method, double depth) => method == InversionMethod.Adam && depth > 1 && IsLarge(input);

    /// <summary>Size of Adam's first step.</summary>
    public static double AdamRate(CnnInput input, bool spectrum) => spectrum && IsLarge(input) ? LargeSpectrumRate : Rate;

    /// <summary>
    /// Largest shift, in pixels. A picture whose stripes have the stride's period has nearly the photo's code, and no longer when it is shifted by one pixel (Mahendran and Vedaldi 2016,
    /// section 3.1, shift by up to the stride, which blurs). The first layers know the picture too well for stripes.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="depth">Its <see cref="DepthWeights.Factor"/>.</param>
    /// <param name="spectrum">Whether a spectrum is moved.</param>
    public static int Jitter(CnnLayer layer, double depth, bool spectrum) =>
        spectrum && depth > 1 && layer.ReceptiveField is { } field && Math.Max(field.StrideY, field.StrideX) is >= StripesFrom and < NoStripesFrom ? 1 : 0;

    private static bool IsLarge(CnnInput input) => Math.Min(input.Height, input.Width) >= SpectrumFrom;
}
