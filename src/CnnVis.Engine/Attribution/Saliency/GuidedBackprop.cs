using CnnVis.Engine.Graphs.Walks;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Springenberg, Dosovitskiy, Brox and Riedmiller 2015, section 3.4: the gradient, with negative parts left out at every ReLU.</summary>
public sealed class GuidedBackprop : RuledGradient
{
    /// <param name="options">Not used.</param>
    public GuidedBackprop(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    public override bool IsPicture => true;

    /// <inheritdoc/>
    protected override IBackwardRule Rule => ReluRule.Guided;
}
