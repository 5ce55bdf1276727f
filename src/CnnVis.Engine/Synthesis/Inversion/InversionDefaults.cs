namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>What suits a picture's size and a layer's place, where nobody says; measured in docs/synthesis.md.</summary>
internal static class InversionDefaults
{
    /// <summary>Pixels a side from which pictures have so many fine waves that steps in pixels make noise of them, and steps in a spectrum do not.</summary>
    private const int SpectrumFrom = 128;

    /// <summary>Pixels between units from which the stride leaves stripes that can be seen, and from which a layer knows too little for them.</summary>
    private const double StripesFrom = 4, NoStripesFrom = 8;

    /// <summary>Whether a spectrum is moved: by Adam, whose steps are of one size in all variables and so depend on what these are.</summary>
    public static bool Spectrum(CnnInput input, InversionMethod method) => method == InversionMethod.Adam && Math.Min(input.Height, input.Width) >= SpectrumFrom;

    /// <summary>
    /// Largest shift, in pixels. A picture whose stripes have the stride's period has nearly the photo's code, and no longer when it is shifted by one pixel (Mahendran and Vedaldi 2016,
    /// section 3.1, shift by up to the stride, which blurs). The first layers know the picture too well for stripes.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="depth">Its <see cref="DepthWeights.Factor"/>.</param>
    /// <param name="spectrum">Whether a spectrum is moved.</param>
    public static int Jitter(CnnLayer layer, double depth, bool spectrum) =>
        spectrum && depth > 1 && layer.ReceptiveField is { } field && Math.Max(field.StrideY, field.StrideX) is >= StripesFrom and < NoStripesFrom ? 1 : 0;
}
