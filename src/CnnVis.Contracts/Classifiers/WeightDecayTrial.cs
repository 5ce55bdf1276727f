namespace CnnVis;

/// <summary>How well a linear classifier does with one weight decay on codes that it was not fitted to.</summary>
/// <param name="WeightDecay">λ of λ/2 · ‖W‖², over standardised codes.</param>
/// <param name="HeldOutLoss">Mean cross-entropy on the codes left out, in nats, by the classes' weights.</param>
/// <param name="HeldOutAccuracy">Share of the codes left out whose class is the most probable.</param>
public sealed record WeightDecayTrial(double WeightDecay, double HeldOutLoss, double HeldOutAccuracy)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"weight decay {WeightDecay:G3}: {100 * HeldOutAccuracy:F1} %, loss {HeldOutLoss:G4}");
}
