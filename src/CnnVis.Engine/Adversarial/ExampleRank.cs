namespace CnnVis.Engine.Adversarial;

/// <summary>How good an example is, from bad to good.</summary>
public enum ExampleRank
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>What an attack that failed ended with.</summary>
    Tried,

    /// <summary>The network errs about it, in floating point.</summary>
    Adversarial,

    /// <summary>And when it is rounded to 8 bits.</summary>
    SurvivesRounding,
}
