using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary><see cref="AutoPgd"/> on the cross-entropy.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/2003.01690"/>
/// <code>
/// J = log Σⱼ exp zⱼ − z_y
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new ApgdCe(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
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
