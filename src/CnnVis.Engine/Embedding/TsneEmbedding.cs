namespace CnnVis.Engine.Embedding;

/// <summary>What <see cref="Tsne.Embed"/> gives.</summary>
/// <param name="Positions">[n, dimension], centred.</param>
/// <param name="Dimension">Numbers of a position.</param>
/// <param name="Divergence">Kullback–Leibler divergence reached, in nats.</param>
/// <param name="Iterations">Steps done; fewer than asked for where it was stopped.</param>
/// <param name="Perplexity">Perplexity used.</param>
/// <param name="NeighborRecall">Share of the true neighbours that were found; null where they were searched exactly.</param>
public sealed record TsneEmbedding(float[] Positions, int Dimension, double Divergence, int Iterations, double Perplexity, double? NeighborRecall = null);
