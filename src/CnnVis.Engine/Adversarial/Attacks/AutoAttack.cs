namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The parameter-free ensemble of Croce and Hein (2020): Auto-PGD on the cross-entropy and on the difference of logits ratio, FAB, and the square attack, each on the pictures that
/// still stand after the one before.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/2003.01690"/>
/// <code>
/// ApgdCe, then ApgdDlr, Fab, Square on what still stands
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new AutoAttack(new AttackOptions { Steps = 5, Queries = 50 })], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
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
