using System.Runtime.InteropServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Adversarial examples of batches of pictures.</summary>
public sealed class AdversarialAnalysis
{
    private readonly Victim _victim;
    private readonly AttackQuery _query;

    /// <param name="network">Whom to attack.</param>
    /// <param name="query">What is wanted.</param>
    public AdversarialAnalysis(Network network, AttackQuery query) => (_victim, _query) = (new Victim(network, query.BatchSize, query.Number, query.FillsPasses), query);

    /// <summary>For each picture, in order: an example for each attack and size.</summary>
    /// <param name="sources">Where they come from.</param>
    /// <param name="pixels">[N, C, H, W] in [0, 1], where the network computes.</param>
    /// <param name="labels">What the pictures show; null for what the network says.</param>
    /// <param name="progress">Gets the share of the work that is done.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public IReadOnlyList<IReadOnlyList<AdversarialExample>> Analyze(IReadOnlyList<ImageSource> sources, Tensor pixels, IReadOnlyList<int>? labels, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var pictures = new AttackedPictures(_victim, pixels, _query.Attacks.Any(a => a.StartsAtPicture), labels, _query.Target, _query.Options.Seed, cancellation);
        var examples = sources.Select(_ => new List<AdversarialExample>()).ToArray();
        for (int i = 0; i < _query.Attacks.Count; i++) Run(_query.Attacks[i], pictures, sources, examples, share => progress?.Invoke((i + share) / _query.Attacks.Count), cancellation);
        return examples;
    }

    /// <summary>
    /// The examples of all sizes by one attack. One run gives all if it looks for the smallest. Others run from the smallest size to the largest, and where an example stands for larger
    /// sizes too, only the pictures that still stand are attacked again.
    /// </summary>
    private void Run(IAttack attack, AttackedPictures pictures, IReadOnlyList<ImageSource> sources, List<AdversarialExample>[] examples, Action<double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        AttackOptions options = _query.Options;
        AttackNorm norm = options.Norm ?? attack.Norms[0];
        double?[] sizes = _query.Epsilons.Count > 0 ? [.. _query.Epsilons.Select(e => (double?)e)] : [attack.IsMinimal ? null : AttackSize.Default(norm, _victim.Network.Input.Length)];
        double[] runs = attack.IsMinimal ? [double.PositiveInfinity] : [.. sizes.Select(s => s!.Value).Distinct().Order()];
        var batch = new AttackBatch(pictures, norm, runs[0], _query.Limits, new AttackJudgement(attack.IsMinimal, options.Quantize, options.AllSteps), cancellation);
        var built = new AdversarialExample[examples.Length, sizes.Length];
        for (int run = 0; run < runs.Length; run++)
        {
            if (run > 0) batch.Resize(runs[run], keep: _query.KeepsExamples && attack.Nests && !options.AllSteps);
            Run(attack, batch);
            var builder = new ExampleBuilder(attack, batch);
            for (int s = 0; s < sizes.Length; s++)
            {
                if (!attack.IsMinimal && sizes[s] != runs[run]) continue;
                for (int p = 0; p < examples.Length; p++) built[p, s] = builder.Build(p, sources[p], sizes[s]);
            }
            progress((run + 1.0) / runs.Length);
        }
        for (int p = 0; p < examples.Length; p++)
            for (int s = 0; s < sizes.Length; s++) examples[p].Add(built[p, s]);
    }

    private static void Run(IAttack attack, AttackBatch batch)
    {
        if (batch.Epsilon == 0) return; // nothing may change
        using var scope = NewDisposeScope();
        try
        {
            attack.Run(batch);
            if (batch.Judgement.Quantize) SurvivalSearch.Run(batch);
        }
        catch (ExternalException e)
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"{attack.Name} cannot go on: {OperatorFailure.Reason(e)}", attack.Name, e);
        }
    }
}
