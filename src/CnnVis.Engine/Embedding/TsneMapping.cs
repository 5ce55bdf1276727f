namespace CnnVis.Engine.Embedding;

/// <summary>From codes to a map of them.</summary>
public static class TsneMapping
{
    /// <summary>Makes a map of codes, and measures it.</summary>
    /// <param name="codes">Of one length, at least two; finite.</param>
    /// <param name="options">Settings.</param>
    /// <param name="neighbors">Neighbours of each point that the quality is measured by.</param>
    /// <param name="progress">Told every 50 steps.</param>
    /// <param name="stop">While neighbours are searched, ends with an exception; after that, ends with the map so far.</param>
    /// <exception cref="CnnVisException">There are too few codes, or numbers that are not finite.</exception>
    public static TsneMap Map(IReadOnlyList<CnnCode> codes, TsneOptions options, int neighbors = 10, Action<TsneProgress>? progress = null, CancellationToken stop = default)
    {
        PointMatrix points = Matrix(codes);
        TsneEmbedding embedding = Tsne.Embed(points, options, progress, stop);
        int dimension = embedding.Dimension;
        return new TsneMap
        {
            Points = codes.Select((code, i) => new TsnePoint(code, embedding.Positions[(i * dimension)..((i + 1) * dimension)])).ToArray(),
            Dimension = dimension,
            Perplexity = embedding.Perplexity,
            Iterations = embedding.Iterations,
            Divergence = embedding.Divergence,
        };
    }

    /// <summary>The codes as rows.</summary>
    public static PointMatrix Matrix(IReadOnlyList<CnnCode> codes)
    {
        int length = codes.Count > 0 ? codes[0].Values.Length : 0;
        float[] values = new float[checked(codes.Count * length)];
        for (int i = 0; i < codes.Count; i++) codes[i].Values.CopyTo(values.AsSpan(i * length, length));
        return new PointMatrix(values, codes.Count, length);
    }
}
