using CnnVis.Engine.Embedding.Quality;

namespace CnnVis.Engine.Embedding;

/// <summary>From codes to a map of them.</summary>
public static class TsneMapping
{
    /// <summary>Makes a map of codes, and measures it.</summary>
    /// <param name="codes">Of one length, at least two; finite.</param>
    /// <param name="options">Settings.</param>
    /// <param name="neighbors">Neighbours of each point that the quality is measured by.</param>
    /// <param name="progress">Told every 50 steps.</param>
    /// <param name="cancellation">While neighbours are searched, ends with an exception; after that, ends with the map so far, whose quality is not measured.</param>
    /// <exception cref="CnnVisException">There are too few codes, or numbers that are not finite.</exception>
    public static TsneMap Map(IReadOnlyList<CnnCode> codes, TsneOptions options, int neighbors = 10, Action<TsneProgress>? progress = null, CancellationToken cancellation = default)
    {
        PointMatrix points = Matrix(codes);
        TsneEmbedding embedding = Tsne.Embed(points, options, progress, cancellation);
        var places = new PointMatrix(embedding.Positions, points.Count, embedding.Dimension);
        return Map(codes, embedding, Quality(points, places, [.. codes.Select(c => c.Label)], neighbors, cancellation));
    }

    /// <summary>How good a map is; null where Ctrl+C does not leave the time.</summary>
    private static TsneQuality? Quality(PointMatrix points, PointMatrix places, string?[] labels, int neighbors, CancellationToken cancellation)
    {
        try
        {
            return MapQuality.Measure(points, places, labels, neighbors, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Places codes into a map that stays as it is.</summary>
    /// <param name="reference">The map.</param>
    /// <param name="codes">The new codes; finite.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Ends with an exception.</param>
    /// <returns>A map of the new codes alone, in the coordinates of the reference.</returns>
    /// <exception cref="CnnVisException">The codes are of another length than the map's.</exception>
    public static TsneMap Place(TsneMap reference, IReadOnlyList<CnnCode> codes, TransformOptions options, CancellationToken cancellation = default)
    {
        PointMatrix vectors = Matrix([.. reference.Points.ToArray().Select(p => p.Code)]), points = Matrix(codes);
        if (points.Dimension != vectors.Dimension) throw new CnnVisException(ErrorIds.InvalidArgument, $"The codes have {points.Dimension} values, and those of the map {vectors.Dimension}; both have to be of one layer of one network.", codes[0]);
        var places = new PointMatrix([.. reference.Points.ToArray().SelectMany(p => p.Position)], vectors.Count, reference.Dimension);
        return Map(codes, TsneTransform.Place(vectors, places, points, options, cancellation), quality: null);
    }

    private static TsneMap Map(IReadOnlyList<CnnCode> codes, TsneEmbedding embedding, TsneQuality? quality)
    {
        int dimension = embedding.Dimension;
        return new TsneMap
        {
            Points = codes.Select((code, i) => new TsnePoint(code, embedding.Positions[(i * dimension)..((i + 1) * dimension)])).ToArray(),
            Dimension = dimension,
            Perplexity = embedding.Perplexity,
            Iterations = embedding.Iterations,
            Divergence = embedding.Divergence,
            NeighborRecall = embedding.NeighborRecall,
            Quality = quality,
        };
    }

    /// <summary>The codes as rows.</summary>
    public static PointMatrix Matrix(IReadOnlyList<CnnCode> codes)
    {
        int length = codes.Count > 0 ? codes[0].Values.Length : 0;
        float[] values = new float[checked(codes.Count * length)];
        for (int i = 0; i < codes.Count; i++) codes[i].Values.AsSpan().CopyTo(values.AsSpan(i * length, length));
        return new PointMatrix(values, codes.Count, length);
    }
}
