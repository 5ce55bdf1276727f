namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The parameter-free ensemble of Croce and Hein (2020): Auto-PGD on the cross-entropy and on the difference of logits ratio, FAB, and the square attack, each on the pictures that
/// still stand after the one before.
/// </summary>
public sealed class AutoAttack : IAttack
{
    private readonly ApgdCe _crossEntropy;
    private readonly ApgdDlr _ratio;
    private readonly Fab _boundary;
    private readonly Square _square;

    /// <param name="options">Steps, restarts, queries, norm and seed count.</param>
    public AutoAttack(AttackOptions options) => (_crossEntropy, _ratio, _boundary, _square) = (new ApgdCe(options), new ApgdDlr(options), new Fab(options), new Square(options));

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2];

    /// <inheritdoc/>
    public bool Nests => true;

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        _crossEntropy.Run(batch);
        _ratio.Run(batch);
        _boundary.RunWithin(batch);
        _square.Run(batch);
    }
}
