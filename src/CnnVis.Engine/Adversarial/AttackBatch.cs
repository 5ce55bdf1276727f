using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>One attack on pictures: what it may do, and the best that it has found for each. Its tensors go to the caller's dispose scope.</summary>
public sealed class AttackBatch
{
    private readonly float[] _size;
    private readonly PixelLimits _limits;

    /// <param name="pictures">The pictures.</param>
    /// <param name="norm">How changes are measured.</param>
    /// <param name="epsilon">Largest change; infinite where the smallest is looked for.</param>
    /// <param name="limits">What else binds pixels.</param>
    /// <param name="judgement">When an example is good.</param>
    /// <param name="cancellation">Ends it between passes.</param>
    public AttackBatch(AttackedPictures pictures, AttackNorm norm, double epsilon, PixelLimits limits, AttackJudgement judgement, CancellationToken cancellation = default)
    {
        (Pictures, Norm, Epsilon, _limits, Judgement, Cancellation) = (pictures, norm, epsilon, limits, judgement, cancellation);
        (Low, High, Best, BestLogits) = (empty_like(pictures.Originals), empty_like(pictures.Originals), pictures.Originals.clone(), pictures.Logits.clone());
        WriteLimits();
        int count = pictures.Count;
        (Ranks, Queries, Gradients, _size) = (new ExampleRank[count], new long[count], new long[count], new float[count]);
        Array.Fill(Queries, 1); // the verdict before
    }

    /// <summary>The pictures as they are.</summary>
    public AttackedPictures Pictures { get; }

    /// <summary>How changes are measured.</summary>
    public AttackNorm Norm { get; }

    /// <summary>Largest change; infinite where the smallest is looked for.</summary>
    public double Epsilon { get; private set; }

    /// <summary>When an example is good.</summary>
    public AttackJudgement Judgement { get; }

    /// <summary>Ends it between passes.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>For each picture how good <see cref="Best"/> is.</summary>
    public ExampleRank[] Ranks { get; }

    /// <summary>Forward passes, by picture.</summary>
    public long[] Queries { get; }

    /// <summary>Backward passes, by picture.</summary>
    public long[] Gradients { get; }

    /// <summary>What was found: [N, C, H, W].</summary>
    public Tensor Best { get; }

    /// <summary>Its logits: [N, classes].</summary>
    public Tensor BestLogits { get; }

    /// <summary>Least values allowed: [N, C, H, W].</summary>
    internal Tensor Low { get; }

    /// <summary>Largest values allowed: [N, C, H, W].</summary>
    internal Tensor High { get; }

    /// <summary>How good an example has to be for its picture to leave.</summary>
    private ExampleRank Enough => Judgement.Quantize ? ExampleRank.SurvivesRounding : ExampleRank.Adversarial;

    /// <summary>The pictures that are attacked and for which nothing good enough was found yet.</summary>
    public AttackRows Standing() => new(this, [.. Enumerable.Range(0, Pictures.Count).Where(i => Pictures.Outcomes[i] is null && !IsDone(i))]);

    /// <summary>All pictures that are attacked.</summary>
    public AttackRows All() => new(this, [.. Enumerable.Range(0, Pictures.Count).Where(i => Pictures.Outcomes[i] is null)]);

    /// <summary>Whether a picture has an example that is good enough.</summary>
    public bool IsDone(int picture) => Ranks[picture] >= Enough;

    /// <summary>Goes on to another size with the pictures as they are.</summary>
    /// <param name="epsilon">Largest change.</param>
    /// <param name="keep">Whether pictures that are done stay so, with the example found for a smaller size and the passes that it took.</param>
    internal void Resize(double epsilon, bool keep)
    {
        using var scope = NewDisposeScope();
        Epsilon = epsilon;
        WriteLimits();
        int[] anew = [.. Enumerable.Range(0, Pictures.Count).Where(i => !(keep && IsDone(i)))];
        foreach (int i in anew) (Ranks[i], Queries[i], Gradients[i], _size[i]) = (ExampleRank.None, 1, 0, 0);
        Tensor places = tensor(anew.Select(i => (long)i).ToArray(), device: Best.device);
        Best.index_copy_(0, places, Rows.Select(Pictures.Originals, anew));
        BestLogits.index_copy_(0, places, Rows.Select(Pictures.Logits, anew));
    }

    /// <summary>An attack of another size on the same pictures, which ends with any example.</summary>
    internal AttackBatch Within(AttackNorm norm, double epsilon) => new(Pictures, norm, epsilon, _limits, new AttackJudgement(), Cancellation);

    /// <summary>Takes over another attack's examples, and its passes.</summary>
    internal void TakeOver(AttackBatch other, IReadOnlyList<int> index)
    {
        for (int i = 0; i < Queries.Length; i++)
        {
            Queries[i] += other.Queries[i] - 1;
            Gradients[i] += other.Gradients[i];
        }
        Record([.. index], Rows.Select(other.Best, index), Rows.Select(other.BestLogits, index), [.. index.Select(i => other.Ranks[i] >= ExampleRank.Adversarial ? ExampleRank.Adversarial : ExampleRank.None)]);
    }

    /// <summary>Takes over what is better than what it has.</summary>
    internal void Record(int[] index, Tensor x, Tensor logits, ExampleRank[] ranks)
    {
        using var scope = NewDisposeScope();
        float[] sizes = Ball.Size(x - Rows.Select(Pictures.Originals, index), Norm).ToFloats();
        long[] chosen = [.. Enumerable.Range(0, index.Length).Where(i => IsBetter(index[i], ranks[i], sizes[i])).Select(i => (long)i)];
        if (chosen.Length == 0) return;
        foreach (long i in chosen) (Ranks[index[i]], _size[index[i]]) = (ranks[i], sizes[i]);
        Tensor from = tensor(chosen, device: x.device), to = tensor(chosen.Select(i => (long)index[i]).ToArray(), device: x.device);
        Best.index_copy_(0, to, x.index_select(0, from));
        BestLogits.index_copy_(0, to, logits.index_select(0, from));
    }

    private void WriteLimits()
    {
        float[] low = new float[Pictures.Values.Length], high = new float[low.Length];
        _limits.Bounds.Write(Pictures.Values, _limits.Mask, Norm == AttackNorm.LInf ? Epsilon : double.PositiveInfinity, low, high);
        using Tensor least = tensor(low, Low.shape), most = tensor(high, High.shape);
        Low.copy_(least);
        High.copy_(most);
    }

    private bool IsBetter(int picture, ExampleRank rank, float size) => rank > ExampleRank.None && size <= Epsilon * (1 + 1e-6)
        && (rank > Ranks[picture] || rank == Ranks[picture] && (!Judgement.Smallest || size <= _size[picture]));
}
