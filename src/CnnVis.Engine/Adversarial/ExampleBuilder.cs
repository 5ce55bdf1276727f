using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>What an attack found, as users hold it. Asks the network once more, about the pictures rounded to 8 bits.</summary>
internal sealed class ExampleBuilder
{
    /// <summary>Sizes are sums of roundings, so that they may miss the one asked for by this much of it.</summary>
    private const double Slack = 1e-6;

    private readonly IAttack _attack;
    private readonly AttackBatch _batch;
    private readonly float[] _values;
    private readonly double[][] _before, _after, _rounded, _cleanRounded;

    public ExampleBuilder(IAttack attack, AttackBatch batch)
    {
        using var scope = NewDisposeScope();
        (_attack, _batch) = (attack, batch);
        AttackedPictures pictures = batch.Pictures;
        _values = batch.Best.ToFloats();
        (_before, _after) = (Probabilities(pictures.Logits), Probabilities(batch.BestLogits));
        _rounded = Probabilities(pictures.Victim.Logits(Rounding.Nearest(batch.Best), batch.Cancellation));
        // Where nothing was found, and where what was found may be too large, the picture stays as it is.
        bool mayStay = attack.IsMinimal && Enumerable.Range(0, pictures.Count).Any(i => batch.Ranks[i] > ExampleRank.None);
        _cleanRounded = mayStay ? Probabilities(pictures.Victim.Logits(Rounding.Nearest(pictures.Originals), batch.Cancellation)) : _rounded;
    }

    /// <summary>The example of one picture.</summary>
    /// <param name="i">Which.</param>
    /// <param name="path">Its file.</param>
    /// <param name="epsilon">Largest size; null for any.</param>
    public AdversarialExample Build(int i, string path, double? epsilon)
    {
        AttackedPictures pictures = _batch.Pictures;
        Network network = pictures.Victim.Network;
        CnnInput input = network.Input;
        int length = input.Length, label = (int)pictures.Labels[i];
        float[] original = pictures.Values[(i * length)..((i + 1) * length)], changed = _values[(i * length)..((i + 1) * length)];
        bool found = _batch.Ranks[i] >= ExampleRank.Adversarial;
        bool fits = !_attack.IsMinimal || epsilon is not { } e || PerturbationSize.Of(original, changed, input.Height * input.Width)[_batch.Norm] <= e * (1 + Slack);
        if (!fits) changed = [.. original];
        double[] after = fits ? _after[i] : _before[i], rounded = fits ? _rounded[i] : _cleanRounded[i];
        AttackOutcome outcome = pictures.Outcomes[i] ?? (found && fits ? AttackOutcome.Succeeded : AttackOutcome.Failed);
        int? target = pictures.Targets is { } targets ? (int)targets[i] : null;
        ClassProbability said = Top(rounded);
        return new AdversarialExample
        {
            Path = path,
            Model = network.Name,
            Method = _attack.Name,
            Norm = _batch.Norm,
            Epsilon = epsilon,
            Label = Class(label, _before[i]),
            Target = target is { } index ? Class(index, after) : null,
            Before = Top(_before[i]),
            After = Top(after),
            AfterRounding = said,
            LabelProbabilityAfter = after[label],
            Outcome = outcome,
            SuccessAfterRounding = outcome == AttackOutcome.Succeeded && (target is null ? said.Index != label : said.Index == target),
            Queries = _batch.Queries[i],
            Gradients = _batch.Gradients[i],
            Channels = input.Channels,
            Height = input.Height,
            Width = input.Width,
            Original = original,
            Adversarial = changed,
        };

        ClassProbability Top(double[] probabilities) => Class(Array.IndexOf(probabilities, probabilities.Max()), probabilities);
        ClassProbability Class(int index, double[] probabilities) => new(index, network.Classes[index], probabilities[index]);
    }

    /// <summary>Softmax, a row a picture.</summary>
    private static double[][] Probabilities(Tensor logits)
    {
        int classes = (int)logits.shape[1];
        return [.. logits.ToFloats().Chunk(classes).Select(row =>
        {
            double most = row.Max();
            double[] powers = [.. row.Select(z => Math.Exp(z - most))];
            double sum = powers.Sum();
            return powers.Select(p => p / sum).ToArray();
        })];
    }
}
