namespace CnnVis.Engine.Accuracy;

/// <summary>What a network says of a picture's labels, which may hold together.</summary>
/// <param name="Shown">Output indices of those that it has.</param>
/// <param name="Probabilities">Of each label.</param>
public sealed record JudgedLabels(int[] Shown, float[] Probabilities);
