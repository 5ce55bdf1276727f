namespace CnnVis.Engine.Targets.Objectives;

/// <summary>A user's objective, and what it means in a network.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Meaning">Its number.</param>
/// <param name="Raised">What is climbed for it: the same number wherever it has a gradient, and one that leads there where units are silent.</param>
/// <param name="Class">The output index of the class that it is; null where it is anything else.</param>
public sealed record CompiledObjective(CnnObjective Objective, IObjective Meaning, IObjective Raised, int? Class);
