namespace CnnVis.Engine.Classifiers;

/// <summary>A linear classifier over codes.</summary>
/// <param name="Classes">What its outputs stand for.</param>
/// <param name="Weight">[classes, numbers of a code].</param>
/// <param name="Bias">[classes].</param>
/// <param name="Fit">How it was fitted.</param>
public sealed record ClassifierHead(IReadOnlyList<string> Classes, float[] Weight, float[] Bias, CnnClassifierFit Fit);
