namespace CnnVis.Engine.Synthesis;

/// <summary>How far a synthesis is.</summary>
/// <param name="Picture">Pictures finished before this batch.</param>
/// <param name="Pictures">All pictures.</param>
/// <param name="Step">Steps of this batch.</param>
/// <param name="Steps">Steps of a batch.</param>
/// <param name="Score">Mean score of the batch.</param>
public sealed record SynthesisProgress(int Picture, int Pictures, int Step, int Steps, double Score)
{
    /// <summary>Share of the work that is done, in [0, 1].</summary>
    public double Share(int batchSize) => (Picture + Math.Min(batchSize, Pictures - Picture) * (Steps == 0 ? 1 : (double)Step / Steps)) / Pictures;
}
