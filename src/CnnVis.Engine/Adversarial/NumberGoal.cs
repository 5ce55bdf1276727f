namespace CnnVis.Engine.Adversarial;

/// <summary>A number of a network that is brought across a threshold: below it where it is not less, to it or above where it is.</summary>
/// <param name="Value">Name of the graph's value that holds it, [N, 1].</param>
/// <param name="Text">How the user calls it.</param>
/// <param name="Threshold">The threshold.</param>
public sealed record NumberGoal(string Value, string Text, double Threshold);
