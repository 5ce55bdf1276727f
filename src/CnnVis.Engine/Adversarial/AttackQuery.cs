namespace CnnVis.Engine.Adversarial;

/// <summary>Which examples are wanted of each picture.</summary>
public sealed record AttackQuery
{
    /// <summary>The attacks.</summary>
    public required IReadOnlyList<IAttack> Attacks { get; init; }

    /// <summary>Their settings.</summary>
    public AttackOptions Options { get; init; } = AttackOptions.Default;

    /// <summary>Largest sizes, an example for each; none for the attack's own: <see cref="AttackSize.Default"/>, or no limit where it looks for the smallest.</summary>
    public IReadOnlyList<double> Epsilons { get; init; } = [];

    /// <summary>Whether an example of a size stands for larger sizes too, where the attack allows it (<see cref="IAttack.Nests"/>). Not where it is shown to other networks, which larger changes fool more often.</summary>
    public bool KeepsExamples { get; init; } = true;

    /// <summary>What the network is to see; null for anything wrong.</summary>
    public AttackTarget? Target { get; init; }

    /// <summary>A number of the network that is brought across a threshold, in the place of its answer; null for the answer.</summary>
    public NumberGoal? Number { get; init; }

    /// <summary>What binds pixels besides.</summary>
    public PixelLimits Limits { get; init; } = PixelLimits.Default;

    /// <summary>Most pictures a pass.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Fill every pass up to whole fours, so that nothing depends on which pictures come together; otherwise the last bits do.</summary>
    public bool FillsPasses { get; init; }
}
