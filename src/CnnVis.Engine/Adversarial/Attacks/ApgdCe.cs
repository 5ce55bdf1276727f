using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary><see cref="AutoPgd"/> on the cross-entropy.</summary>
public sealed class ApgdCe : AutoPgd
{
    /// <param name="options">Steps, restarts, norm and seed count.</param>
    public ApgdCe(AttackOptions options) : base(options) { }

    private protected override (Tensor Loss, Tensor Slope) Loss(AttackRows rows, Tensor logits)
    {
        Tensor loss = LogitSeeds.CrossEntropyOf(logits, rows.Goals);
        return (rows.IsTargeted ? loss.neg() : loss, rows.Seeds(logits));
    }
}
