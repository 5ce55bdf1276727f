namespace CnnVis.Engine.Adversarial;

/// <summary>Which examples are good.</summary>
/// <param name="Smallest">Whether, of two, the smaller one is better; otherwise the later one is.</param>
/// <param name="Quantize">Whether it has to survive rounding to 8 bits; it is kept rounded then.</param>
/// <param name="AllSteps">Whether pictures stay to the end though they have one.</param>
public sealed record AttackJudgement(bool Smallest = false, bool Quantize = false, bool AllSteps = false);
