using CnnVis.Engine.Targets.Objectives;

namespace CnnVis.Engine.Synthesis;

/// <summary>A picture to be made.</summary>
/// <param name="Objective">What for. Neighbours that share one are compared where it compares pictures.</param>
/// <param name="Seed">Of everything random about it.</param>
/// <param name="Start">What it begins as: [C, H, W] in [0, 1].</param>
public sealed record SynthesisItem(IObjective Objective, int Seed, float[] Start);
