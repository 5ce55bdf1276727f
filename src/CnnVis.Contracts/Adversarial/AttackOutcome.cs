namespace CnnVis;

/// <summary>How an attack on a picture ended.</summary>
public enum AttackOutcome
{
    /// <summary>The network no longer gives the true class, or gives the target where there is one.</summary>
    Succeeded,

    /// <summary>It stays with what is right, within the size and the number of steps allowed.</summary>
    Failed,

    /// <summary>It was wrong before, so that nothing had to be attacked; as in the literature the picture is left as it is.</summary>
    AlreadyMisclassified,

    /// <summary>It took the picture for the target before, or the target is what the picture shows.</summary>
    AlreadyTarget,
}
