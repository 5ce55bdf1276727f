using System.Runtime.CompilerServices;
using CnnVis.Engine.Embedding.Devices;
using CnnVis.Engine.Embedding.Forces;
using CnnVis.Engine.Embedding.Neighbors;
using CnnVis.Engine.Runtime;
using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// t-SNE (van der Maaten and Hinton 2008) with openTSNE's conventions: principal components, nearest neighbours (exact up to 40,000 points), perplexity by bisection, sparse
/// symmetric affinities; then early exaggeration with momentum 0.5 and plain descent with momentum 0.8. Repulsion is exact for small maps, by Fourier
/// transform for larger ones of one or two dimensions, by Barnes–Hut for larger ones of three. The same seed gives the same bytes, whatever the
/// number of threads. On another device the same is done as tensors, with exact neighbours, and all pairs in three dimensions.
/// </summary>
/// <remarks>
/// <see href="https://www.jmlr.org/papers/v9/vandermaaten08a.html"/>
/// <see href="https://www.nature.com/articles/s41592-018-0308-4"/>
/// <code>
/// pᵢⱼ ∝ exp(−‖xᵢ − xⱼ‖² / 2σᵢ²), σᵢ by perplexity, symmetrised
/// qᵢⱼ ∝ (1 + ‖yᵢ − yⱼ‖²)⁻¹
/// minimise KL(P‖Q) = Σ pᵢⱼ log(pᵢⱼ / qᵢⱼ);   ∂KL/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ)(1 + ‖yᵢ − yⱼ‖²)⁻¹
/// </code>
/// </remarks>
/// <example>
/// <code>
/// var random = new Random(1);
/// float[] points = [.. Enumerable.Range(0, 200 * 10).Select(i => (float)random.NextDouble() + i / 1000)]; // two clusters, [200, 10]
/// TsneEmbedding map = Tsne.Embed(new PointMatrix(points, 200, 10), new TsneOptions { Perplexity = 20, Iterations = 200 });
/// Console.WriteLine($"{map.Positions.Length / map.Dimension} points, KL {map.Divergence:F3}");
/// </code>
/// </example>
public static class Tsne
{
    /// <summary>Maps up to this many points have all pairs computed.</summary>
    private const int ExactCount = 2500;

    /// <summary>Up to this many points neighbours are searched exactly, which takes twice the approximate search's time there.</summary>
    private const int ExactNeighborCount = 40_000;

    private const int ReportEvery = 50;
    private const float StartDeviation = 1e-4f, EarlyMomentum = 0.5f, Momentum = 0.8f, LeastRate = 200;

    /// <summary>Makes a map of points.</summary>
    /// <param name="points">[n, d], n at least 2; finite.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told every 50 steps.</param>
    /// <param name="cancellation">While neighbours are searched, ends with an exception; after that, ends with the map so far.</param>
    /// <exception cref="CnnVisException">There are too few points, or numbers that are not finite; or the device is not there.</exception>
    public static TsneEmbedding Embed(PointMatrix points, TsneOptions options, Action<TsneProgress>? progress = null, CancellationToken cancellation = default)
    {
        Device? device = options.Device is { } name ? ComputeDevice.Parse(name) : null;
        int n = points.Count;
        if (n < 2) throw new CnnVisException(ErrorIds.InvalidArgument, $"A map needs at least two points; there is {n}.", n);
        int bad = Array.FindIndex(points.Values, v => !float.IsFinite(v));
        if (bad >= 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"Point {bad / points.Dimension} holds {points.Values[bad]} at {bad % points.Dimension}; a map needs finite numbers.", bad / points.Dimension);

        double perplexity = Math.Min(options.Perplexity, Math.Max(1, (n - 1) / 3.0));
        var (map, order, affinities, recall) = Prepare(points, perplexity, options, device, cancellation);
        using IMapMover mover = Mover(map, affinities, options, device);
        var (iterations, divergence) = Descend(mover, n, options, progress, cancellation);
        return new TsneEmbedding(Returned(mover.Places(), options.Dimension, order), options.Dimension, divergence, iterations, perplexity, recall);
    }

    /// <summary>What the descent begins with, in an order in which neighbours lie near each other in memory too, so that they are in the cache together.</summary>
    /// <remarks>Compiled optimised, as <see cref="Conditional"/>: what has been used is let go at once then, and a million points take gigabytes of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float[] Map, int[] Order, SparseAffinities Affinities, double? Recall) Prepare(PointMatrix points, double perplexity, TsneOptions options, Device? device, CancellationToken cancellation)
    {
        PointMatrix reduced = PrincipalComponents.ProjectCentred(new Centring(points, cancellation).Apply(points), options.PcaDimension > 0 ? Math.Min(options.PcaDimension, points.Dimension) : points.Dimension, options.Seed, cancellation);
        int[] order = NeighborhoodOrder.Of(reduced);
        float[] map = Taken(Start(reduced, options), options.Dimension, order);
        reduced = new PointMatrix(Taken(reduced.Values, reduced.Dimension, order), points.Count, reduced.Dimension);
        var (columns, rows, recall) = Conditional(reduced, perplexity, options, device, cancellation);
        return (map, order, Symmetrization.Take(columns, rows, columns.Length / points.Count, cancellation), recall);
    }

    /// <summary>The neighbours of each point, their affinities p(j|i), and the share of the true neighbours among them where it is not all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int[] Columns, float[] Rows, double? Recall) Conditional(PointMatrix points, double perplexity, TsneOptions options, Device? device, CancellationToken cancellation)
    {
        int size = Math.Clamp((int)(3 * perplexity), 1, points.Count - 1);
        bool approximate = device is null && !options.Exact && points.Count > ExactNeighborCount;
        NeighborTable neighbors = device is not null ? DeviceNeighbors.Find(points, size, device, cancellation)
            : approximate ? ApproximateNeighbors.Find(points, size, options.Seed, cancellation)
            : ExactNeighbors.Find(points, size, cancellation);
        double? recall = approximate ? ApproximateNeighbors.Recall(points, neighbors, cancellation) : null;
        return (neighbors.Indices, Perplexity.Rows(neighbors, perplexity, cancellation), recall);
    }

    private static (int Iterations, double Divergence) Descend(IMapMover mover, int n, TsneOptions options, Action<TsneProgress>? progress, CancellationToken cancellation)
    {
        int early = Math.Min(options.ExaggeratedIterations, options.Iterations / 3);
        float rate = (float)(options.LearningRate ?? Math.Max(n / options.EarlyExaggeration, LeastRate));
        int done = 0;
        for (; done < options.Iterations && !cancellation.IsCancellationRequested; done++)
        {
            bool exaggerated = done < early;
            mover.Push();
            if (progress is not null && done > 0 && done % ReportEvery == 0) progress(new TsneProgress(done, options.Iterations, mover.Divergence()));
            mover.Move(exaggerated ? (float)options.EarlyExaggeration : 1, exaggerated ? EarlyMomentum : Momentum, rate);
        }
        mover.Push();
        return (done, mover.Divergence());
    }

    private static IMapMover Mover(float[] map, SparseAffinities affinities, TsneOptions options, Device? device) => device is null
        ? new ProcessorMover(map, affinities, options.Dimension, Repulsion(affinities.Count, options))
        : new DeviceMover(map, affinities, options.Dimension, options.Exact || affinities.Count <= ExactCount, device);

    private static IRepulsion Repulsion(int count, TsneOptions options) =>
        options.Exact || count <= ExactCount ? new ExactRepulsion(count, options.Dimension)
        : options.Dimension < 3 ? new FourierRepulsion(count, options.Dimension)
        : new BarnesHutRepulsion(count, options.Dimension);

    private static float[] Start(PointMatrix points, TsneOptions options)
    {
        int n = points.Count, dimension = options.Dimension;
        if (options.Start is { } given) return [.. given];
        float[] map = new float[n * dimension];
        if (options.Initialization == TsneInitialization.Pca && Deviation(points, 0) is > 0 and var deviation)
        {
            for (int i = 0; i < n; i++)
                for (int c = 0; c < Math.Min(dimension, points.Dimension); c++) map[i * dimension + c] = points.Row(i)[c] / (float)deviation * StartDeviation;
            return map;
        }
        using var scope = NewDisposeScope();
        Tensor random = randn([n, dimension], generator: new Generator((ulong)options.Seed)) * StartDeviation;
        return random.data<float>().ToArray();
    }

    /// <summary>The rows named by an order.</summary>
    private static float[] Taken(float[] rows, int length, int[] order)
    {
        float[] taken = new float[rows.Length];
        for (int i = 0; i < order.Length; i++) rows.AsSpan(order[i] * length, length).CopyTo(taken.AsSpan(i * length));
        return taken;
    }

    /// <summary>Rows that were taken in an order, back in their places.</summary>
    private static float[] Returned(float[] taken, int length, int[] order)
    {
        float[] rows = new float[taken.Length];
        for (int i = 0; i < order.Length; i++) taken.AsSpan(i * length, length).CopyTo(rows.AsSpan(order[i] * length));
        return rows;
    }

    private static double Deviation(PointMatrix points, int column)
    {
        double sum = 0;
        for (int i = 0; i < points.Count; i++) sum += Math.Pow(points.Row(i)[column], 2);
        return Math.Sqrt(sum / points.Count); // principal components are centred
    }
}
