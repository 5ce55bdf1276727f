namespace CnnVis.Engine.Adversarial;

/// <summary>Settings of the attacks; each takes what it knows. What is null is the attack's own choice.</summary>
public sealed record AttackOptions
{
    /// <summary>The defaults.</summary>
    public static AttackOptions Default { get; } = new();

    /// <summary>How the perturbation is measured.</summary>
    public AttackNorm? Norm { get; init; }

    /// <summary>Steps, or iterations.</summary>
    public int? Steps { get; init; }

    /// <summary>Length of a step by the norm; for CarliniWagner Adam's learning rate, for Jsma the change of a value.</summary>
    public double? StepSize { get; init; }

    /// <summary>How often attacks with random numbers begin anew with the pictures that still stand.</summary>
    public int? Restarts { get; init; }

    /// <summary>How much of the sum of former gradients MomentumIterative keeps.</summary>
    public double Decay { get; init; } = 1;

    /// <summary>By how much the wrong class's logit has to lead, for CarliniWagner.</summary>
    public double Confidence { get; init; }

    /// <summary>Values of the trade-off c that Lbfgs and CarliniWagner try.</summary>
    public int? SearchSteps { get; init; }

    /// <summary>Pixels that OnePixel may change.</summary>
    public int Pixels { get; init; } = 1;

    /// <summary>Forward passes a picture that attacks without gradients may take.</summary>
    public int? Queries { get; init; }

    /// <summary>Take all steps though the network is fooled already.</summary>
    public bool AllSteps { get; init; }

    /// <summary>Look for a perturbation that survives rounding to 8 bits.</summary>
    public bool Quantize { get; init; }

    /// <summary>Seed of everything random, together with the picture itself.</summary>
    public int Seed { get; init; }
}
