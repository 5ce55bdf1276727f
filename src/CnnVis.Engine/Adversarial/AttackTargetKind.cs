namespace CnnVis.Engine.Adversarial;

/// <summary>How the class that the network is to see is chosen.</summary>
public enum AttackTargetKind
{
    /// <summary>One class for all pictures.</summary>
    Class,

    /// <summary>For each picture another class than its own, by the seed.</summary>
    Random,

    /// <summary>For each picture the class that the network finds least probable.</summary>
    LeastLikely,
}
