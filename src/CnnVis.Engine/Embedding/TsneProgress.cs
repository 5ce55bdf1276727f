namespace CnnVis.Engine.Embedding;

/// <summary>How far an embedding is.</summary>
/// <param name="Iteration">Steps done.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="Divergence">Kullback–Leibler divergence, in nats, without exaggeration.</param>
public sealed record TsneProgress(int Iteration, int Iterations, double Divergence);
