namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>∂f/∂x (Simonyan, Vedaldi and Zisserman 2013, section 3): how much each pixel, in [0, 1], changes the score.</summary>
public sealed class Gradient : RuledGradient
{
    /// <param name="options">Not used.</param>
    public Gradient(SaliencyOptions options) => _ = options;
}
