using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Attacks that look for the smallest perturbation.</summary>
public abstract class MinimalAttack : IAttack
{
    private const int Halvings = 12;

    private protected MinimalAttack(AttackOptions options) => Options = options;

    /// <inheritdoc/>
    public abstract IReadOnlyList<AttackNorm> Norms { get; }

    /// <inheritdoc/>
    public bool IsMinimal => true;

    private protected AttackOptions Options { get; }

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        using var scope = NewDisposeScope();
        if (batch.Standing() is { Count: > 0 } rows) Search(batch, rows);
        Shorten(batch);
    }

    /// <summary>Looks for examples and offers them.</summary>
    private protected abstract void Search(AttackBatch batch, AttackRows rows);

    /// <summary>Goes back towards the picture as far as the network still errs, by halving.</summary>
    private static void Shorten(AttackBatch batch)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var rows = new AttackRows(batch, [.. Enumerable.Range(0, batch.Pictures.Count).Where(i => batch.Ranks[i] >= ExampleRank.Adversarial)]);
        if (rows.Count == 0) return;
        Tensor originals = rows.Originals, change = rows.Of(batch.Best) - originals, low = zeros([rows.Count], device: originals.device), high = ones_like(low);
        for (int i = 0; i < Halvings; i++)
        {
            using var inner = NewDisposeScope();
            Tensor middle = (low + high) / 2, x = originals + change * Rows.Wide(middle), logits = rows.Logits(x);
            rows.Offer(x, logits);
            Tensor errs = batch.Pictures.IsAdversarial(logits, rows.Goals);
            Rows.Replace(ref low, where(errs, low, middle));
            Rows.Replace(ref high, where(errs, middle, high));
        }
    }
}
