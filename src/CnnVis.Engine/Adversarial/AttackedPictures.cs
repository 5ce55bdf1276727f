using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Pictures as they are before any attack: what the network says of them, what they show, and what it is to see. All attacks on them share it, and one forward pass. Its tensors go to the caller's dispose scope, except what it frees itself.</summary>
public sealed class AttackedPictures : IDisposable
{
    private readonly BackwardPass? _pass;
    private Tensor? _gradient;

    /// <param name="victim">The network.</param>
    /// <param name="pixels">[N, C, H, W] in [0, 1].</param>
    /// <param name="remember">Whether gradients at the pictures will be wanted.</param>
    /// <param name="labels">What the pictures show; null for what the network says.</param>
    /// <param name="target">What it is to see; null for anything wrong.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public AttackedPictures(Victim victim, Tensor pixels, bool remember, IReadOnlyList<int>? labels = null, AttackTarget? target = null, int seed = 0, CancellationToken cancellation = default)
    {
        try
        {
            (Victim, Originals) = (victim, pixels);
            _pass = remember && pixels.shape[0] <= victim.BatchSize && victim.IsFull(pixels.shape[0]) ? victim.Remember(pixels, cancellation) : null;
            Tensor said = _pass is null ? victim.Logits(pixels, cancellation) : _pass.Head(0).detach().flatten(1).clone();
            Values = pixels.ToFloats();
            Seeds = PictureSeeds.Of(Values, Values.Length / Count, seed);
            Predicted = said.argmax(1).cpu().data<long>().ToArray();
            Labels = labels is null ? Predicted : [.. labels.Select(l => (long)l)];
            Targets = target?.Choose(said, Labels, Seeds);
            Verdict = Verdict.Of(victim.Network.Answers, victim.Number?.Threshold, said, Labels, labels is not null, Targets);
            Logits = Verdict.Of(said, [.. Enumerable.Range(0, Count)]);
            Goals = tensor(Verdict.Goals, device: pixels.device);
            bool[] errs = Rows.Flags(IsAdversarial(Logits, Goals));
            Outcomes = [.. errs.Select((wrong, i) => Targets is null ? wrong ? AttackOutcome.AlreadyMisclassified : (AttackOutcome?)null
                : wrong || Verdict.IsWhole && Targets[i] == Labels[i] ? AttackOutcome.AlreadyTarget : null)];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The network.</summary>
    public Victim Victim { get; }

    /// <summary>[N, C, H, W] in [0, 1].</summary>
    public Tensor Originals { get; }

    /// <summary>The same numbers.</summary>
    public float[] Values { get; }

    /// <summary>Pictures.</summary>
    public int Count => (int)Originals.shape[0];

    /// <summary>What decides: [N, classes], or [N, 2] where labels or numbers are judged by themselves.</summary>
    public Tensor Logits { get; }

    /// <summary>How that comes from what the network says.</summary>
    internal Verdict Verdict { get; }

    /// <summary>For each picture the most probable class.</summary>
    public long[] Predicted { get; }

    /// <summary>For each picture what it shows.</summary>
    public long[] Labels { get; }

    /// <summary>For each picture what the network is to see; null where anything wrong does.</summary>
    public long[]? Targets { get; }

    /// <summary>For each picture a seed.</summary>
    public ulong[] Seeds { get; }

    /// <summary>For each picture why it is not attacked; null where it is.</summary>
    public AttackOutcome?[] Outcomes { get; }

    /// <summary>The class that is to be left or, with targets, to be reached: [N].</summary>
    internal Tensor Goals { get; }

    /// <summary>Gradient at the pictures as they are of what attacks increase (<see cref="AttackRows.Seeds"/>), [N, C, H, W]; computed once.</summary>
    internal Tensor Gradient(CancellationToken cancellation)
    {
        if (_gradient is not null) return _gradient;
        using var scope = NewDisposeScope();
        Tensor gradient;
        if (_pass is null) gradient = cat([.. Originals.split(Victim.BatchSize).Zip(Goals.split(Victim.BatchSize), (x, goals) => (x, goals)).Select((part, at) => Victim.Differentiate(part.x, said =>
        {
            int[] rows = [.. Enumerable.Range(at * Victim.BatchSize, (int)part.x.shape[0])];
            return [Verdict.Back(Upwards(Verdict.Of(said, rows), part.goals), said, rows)];
        }, cancellation).Gradients[0])]);
        else
        {
            Tensor head = _pass.Head(0), seeds;
            using (no_grad()) seeds = Verdict.Back(Upwards(Logits, Goals), head.detach().flatten(1), [.. Enumerable.Range(0, Count)]).reshape(head.shape);
            gradient = _pass.Backward([seeds], cancellation: cancellation)[0];
        }
        return _gradient = gradient.DetachFromDisposeScope();
    }

    /// <summary>Derivative of the cross-entropy with the label, or of minus that with the target, up to a positive factor a picture: [n, classes].</summary>
    internal Tensor Upwards(Tensor logits, Tensor goals)
    {
        Tensor seeds = LogitSeeds.CrossEntropy(logits, goals);
        return Targets is null ? seeds : seeds.neg_();
    }

    /// <summary>The target's lead over the strongest other class, or that of the strongest other class over the label: [n].</summary>
    internal Tensor Progress(Tensor logits, Tensor goals)
    {
        Tensor lead = LogitSeeds.Lead(logits, goals);
        return Targets is null ? lead.neg_() : lead;
    }

    /// <summary>Whether the network errs as it should: [n].</summary>
    internal Tensor IsAdversarial(Tensor logits, Tensor goals)
    {
        using Tensor said = logits.argmax(1);
        return Targets is null ? said != goals : said == goals;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass?.Dispose();
        _gradient?.Dispose();
    }
}
