using System.Runtime.InteropServices;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Adversarial examples of batches of pictures.</summary>
public sealed class AdversarialAnalysis
{
    private readonly Victim _victim;
    private readonly AttackQuery _query;

    /// <param name="network">Whom to attack.</param>
    /// <param name="query">What is wanted.</param>
    public AdversarialAnalysis(Network network, AttackQuery query) => (_victim, _query) = (new Victim(network, query.BatchSize), query);

    /// <summary>For each picture, in order: an example for each attack and size.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="pixels">[N, C, H, W] in [0, 1], where the network computes.</param>
    /// <param name="labels">What the pictures show; null for what the network says.</param>
    /// <param name="cancellation">Ends it between passes.</param>
    /// <param name="progress">Gets the share of the work that is done.</param>
    public IReadOnlyList<IReadOnlyList<AdversarialExample>> Analyze(IReadOnlyList<string> paths, Tensor pixels, IReadOnlyList<int>? labels, CancellationToken cancellation, Action<double>? progress = null)
    {
        using var scope = NewDisposeScope();
        using var pictures = new AttackedPictures(_victim, pixels, _query.Attacks.Any(a => a.StartsAtPicture), labels, _query.Target, _query.Options.Seed);
        var examples = paths.Select(_ => new List<AdversarialExample>()).ToArray();
        for (int i = 0; i < _query.Attacks.Count; i++)
        {
            IAttack attack = _query.Attacks[i];
            AttackNorm norm = _query.Options.Norm ?? attack.Norms[0];
            IReadOnlyList<double?> sizes = _query.Epsilons.Count > 0 ? [.. _query.Epsilons.Select(e => (double?)e)] : [attack.IsMinimal ? null : AttackSize.Default(norm, _victim.Network.Input.Length)];
            IReadOnlyList<IReadOnlyList<double?>> runs = attack.IsMinimal ? [sizes] : [.. sizes.Select(s => (IReadOnlyList<double?>)[s])];
            for (int run = 0; run < runs.Count; run++)
            {
                Run(attack, norm, runs[run], pictures, paths, examples, cancellation);
                progress?.Invoke((i + (run + 1.0) / runs.Count) / _query.Attacks.Count);
            }
        }
        return examples;
    }

    /// <summary>One run of an attack gives the examples of all sizes if it looks for the smallest.</summary>
    private void Run(IAttack attack, AttackNorm norm, IReadOnlyList<double?> sizes, AttackedPictures pictures, IReadOnlyList<string> paths, List<AdversarialExample>[] examples, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        AttackOptions options = _query.Options;
        double epsilon = attack.IsMinimal ? double.PositiveInfinity : sizes[0]!.Value;
        var batch = new AttackBatch(pictures, norm, epsilon, _query.Limits, new AttackJudgement(attack.IsMinimal, options.Quantize, options.AllSteps), cancellation);
        try
        {
            attack.Run(batch);
            if (options.Quantize) SurvivalSearch.Run(batch);
        }
        catch (ExternalException e)
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"{attack.Name} cannot go on: {e.Message.Trim().Split('\n')[0]}", attack.Name, e);
        }
        var builder = new ExampleBuilder(attack, batch);
        foreach (double? size in sizes)
            for (int p = 0; p < examples.Length; p++) examples[p].Add(builder.Build(p, paths[p], size));
    }
}
