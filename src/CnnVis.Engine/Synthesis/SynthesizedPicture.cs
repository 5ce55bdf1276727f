namespace CnnVis.Engine.Synthesis;

/// <summary>A picture that was made.</summary>
/// <param name="Pixels">[C, H, W] in [0, 1].</param>
/// <param name="Steps">Steps that were taken up to it.</param>
/// <param name="IsDone">Whether it reached the score that is enough.</param>
/// <param name="IsInterrupted">Whether it was stopped before its time: the best so far.</param>
/// <param name="Evaluations">How often the network was shown it or a try at it.</param>
/// <param name="Scores">Its score before each step, and after the last, as the network saw it under the transformations.</param>
public sealed record SynthesizedPicture(float[] Pixels, int Steps, bool IsDone, bool IsInterrupted, int Evaluations, float[] Scores);
