using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// The one-pixel attack (Su, Vargas and Sakurai 2017): differential evolution, without crossover and with F = 0.5, of a place and a colour for each of -Pixels pixels; a child takes the
/// place of its parent if the label's probability is lower, or the target's higher. 100 candidates a generation and 5,000 queries unless told otherwise; the paper takes 400 and 40,000.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1710.08864"/>
/// <code>
/// child = a + F (b − c),   F = 0.5
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new OnePixel(new AttackOptions { Queries = 200 })] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class OnePixel : IAttack
{
    private const int Population = 100;
    private const double Weight = 0.5;

    private readonly AttackOptions _options;

    /// <param name="options">Pixels, queries and seed count.</param>
    public OnePixel(AttackOptions options) => _options = options;

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.L0];

    /// <inheritdoc/>
    public bool IsMinimal => true;

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        using var none = no_grad();
        AttackRows standing = batch.Standing();
        for (int i = 0; i < standing.Count; i++)
        {
            using var scope = NewDisposeScope();
            Evolve(batch, standing.Staying([.. Enumerable.Range(0, standing.Count).Select(other => other != i)]));
        }
    }

    private void Evolve(AttackBatch batch, AttackRows row)
    {
        CnnInput input = batch.Pictures.Victim.Network.Input;
        ulong seed = row.RowSeeds[0];
        var random = new Random((int)(seed ^ (seed >> 32)));
        var canvas = new PixelCanvas(row.Originals.ToFloats(), row.Low.ToFloats(), row.High.ToFloats(), input);
        int genes = canvas.Genes * _options.Pixels;
        double[][] parents = [.. Enumerable.Range(0, Population).Select(_ => Enumerable.Range(0, genes).Select(_ => random.NextDouble()).ToArray())];
        double[] fitness = [];
        for (int spent = 0; spent < (_options.Queries ?? 5000); spent += Population)
        {
            using var inner = NewDisposeScope();
            double[][] children = fitness.Length == 0 ? parents : [.. parents.Select((_, i) => Child(parents, i, random))];
            Tensor x = tensor(children.SelectMany(canvas.Paint).ToArray(), [Population, input.Channels, input.Height, input.Width]).to(batch.Pictures.Originals.device);
            Tensor logits = row.Logits(x, Population);
            double[] fits = [.. batch.Pictures.Progress(logits, row.Goals.expand(Population)).ToFloats()];
            if (fitness.Length == 0) fitness = fits;
            for (int i = 0; i < Population; i++)
                if (fits[i] >= fitness[i]) (parents[i], fitness[i]) = (children[i], fits[i]);
            int best = Array.IndexOf(fits, fits.Max());
            if (row.Offer(x.narrow(0, best, 1), logits.narrow(0, best, 1))[0]) return;
        }
    }

    private static double[] Child(double[][] parents, int own, Random random)
    {
        double[] a = parents[random.Next(parents.Length)], b = parents[random.Next(parents.Length)], c = parents[random.Next(parents.Length)];
        return [.. parents[own].Select((_, g) => Reflected(a[g] + Weight * (b[g] - c[g])))];
    }

    /// <summary>Back into [0, 1].</summary>
    private static double Reflected(double value) => value < 0 ? Math.Min(1, -value) : value > 1 ? Math.Max(0, 2 - value) : value;
}
