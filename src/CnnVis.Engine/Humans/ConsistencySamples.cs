namespace CnnVis.Engine.Humans;

/// <summary>
/// Draws for error consistency: pictures drawn again with replacement, within each condition and together for all pairs, and independent observers of the same accuracies. Each draw has its own random numbers, so that
/// results do not depend on the number of threads.
/// </summary>
internal sealed class ConsistencySamples
{
    private ConsistencySamples(int pairs, int samples) => (Drawn, Independent) = (new double[pairs][], new double[pairs][]);

    /// <summary>By pair: mean κ over conditions of each draw.</summary>
    public double[][] Drawn { get; }

    /// <summary>By pair: mean κ over conditions of independent observers.</summary>
    public double[][] Independent { get; }

    public static ConsistencySamples Draw(IReadOnlyList<PairedTrials> pairs, Trials trials, ComparisonOptions options, CancellationToken cancellation)
    {
        var samples = new ConsistencySamples(pairs.Count, options.Samples);
        for (int p = 0; p < pairs.Count; p++) (samples.Drawn[p], samples.Independent[p]) = (new double[options.Samples], new double[options.Samples]);
        int[][] byCondition = [.. Enumerable.Range(0, trials.Count).GroupBy(t => trials.ConditionOf[t]).Select(g => g.ToArray())];
        try
        {
            Parallel.For(0, options.Samples, new ParallelOptions { CancellationToken = cancellation }, s =>
            {
                int start = HashCode(options.Seed, s);
                var random = new Random(start);
                ulong independent = (ulong)(uint)start << 32 | (uint)s;
                int[] weights = new int[trials.Count];
                foreach (int[] condition in byCondition)
                    for (int i = 0; i < condition.Length; i++) weights[condition[random.Next(condition.Length)]]++;
                for (int p = 0; p < pairs.Count; p++)
                {
                    samples.Drawn[p][s] = pairs[p].Kappas(weights).Where(k => !double.IsNaN(k)).DefaultIfEmpty(double.NaN).Average();
                    samples.Independent[p][s] = pairs[p].IndependentKappa(ref independent);
                }
            });
        }
        catch (AggregateException error) when (error.InnerExceptions.All(e => e is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
        return samples;
    }

    /// <summary>The same in every process, unlike that of the framework.</summary>
    private static int HashCode(int seed, int sample) => unchecked(seed * (int)0x9e3779b1 + sample * (int)0x85ebca77);
}
