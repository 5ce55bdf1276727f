using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Answers;
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
    private readonly bool[] _errs, _cleanErrs, _roundedErrs, _cleanRoundedErrs;

    public ExampleBuilder(IAttack attack, AttackBatch batch)
    {
        using var scope = NewDisposeScope();
        (_attack, _batch) = (attack, batch);
        AttackedPictures pictures = batch.Pictures;
        _values = batch.Best.ToFloats();
        (_before, _after) = (Said(pictures.Originals, pictures.Logits), Said(batch.Best, batch.BestLogits));
        (_rounded, _roundedErrs) = Asked(Rounding.Nearest(batch.Best));
        (_errs, _cleanErrs) = (Errs(batch.BestLogits), Errs(pictures.Logits));
        // Where nothing was found, and where what was found may be too large, the picture stays as it is.
        bool mayStay = attack.IsMinimal && Enumerable.Range(0, pictures.Count).Any(i => batch.Ranks[i] > ExampleRank.None);
        (_cleanRounded, _cleanRoundedErrs) = mayStay ? Asked(Rounding.Nearest(pictures.Originals)) : (_rounded, _roundedErrs);
    }

    /// <summary>The example of one picture.</summary>
    /// <param name="i">Which.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="epsilon">Largest size; null for any.</param>
    public AdversarialExample Build(int i, ImageSource source, double? epsilon)
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
        bool erredRounded = (fits ? _roundedErrs : _cleanRoundedErrs)[i];
        return new AdversarialExample
        {
            Origin = source.OriginOf(network),
            Path = source.Path,
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
            SuccessAfterRounding = outcome == AttackOutcome.Succeeded && erredRounded,
            SaysLabelBefore = Says(_cleanErrs[i], _before[i]),
            SaysLabelAfter = Says(fits ? _errs[i] : _cleanErrs[i], after),
            SaysLabelAfterRounding = Says(erredRounded, rounded),
            Queries = _batch.Queries[i],
            Gradients = _batch.Gradients[i],
            Channels = input.Channels,
            Height = input.Height,
            Width = input.Width,
            Original = original,
            Adversarial = changed,
        };

        ClassProbability Top(double[] probabilities) => Class(Array.IndexOf(probabilities, probabilities.Max()), probabilities);
        ClassProbability Class(int index, double[] probabilities) => pictures.Victim.Number is { } number ? new NumberScore(index, number.Text, probabilities[index]) : new ClassProbability(index, network.Classes[index], probabilities[index]);
        bool Says(bool errs, double[] probabilities) => target is null ? !errs : pictures.Verdict.IsWhole ? Top(probabilities).Index == label : probabilities[label] >= 0.5;
    }

    private (double[][] Probabilities, bool[] Errs) Asked(Tensor x)
    {
        AttackedPictures pictures = _batch.Pictures;
        Tensor logits = pictures.Verdict.Of(pictures.Victim.Logits(x, _batch.Cancellation), [.. Enumerable.Range(0, pictures.Count)]);
        return (Said(x, logits), Errs(logits));
    }

    private bool[] Errs(Tensor logits)
    {
        using Tensor flags = _batch.Pictures.IsAdversarial(logits, _batch.Pictures.Goals);
        return Rows.Flags(flags);
    }

    /// <summary>Probabilities, a row a picture: from the logits where these tell them, otherwise from the network.</summary>
    private double[][] Said(Tensor x, Tensor logits)
    {
        Victim victim = _batch.Pictures.Victim;
        Answer answer = victim.Network.Answers;
        if (victim.Number is not null || !_batch.Pictures.Verdict.IsWhole || !answer.IsPlain)
        {
            using Tensor asked = victim.Probabilities(x, _batch.Cancellation);
            return [.. asked.ToFloats().Chunk((int)asked.shape[1]).Select(row => row.Select(p => (double)p).ToArray())];
        }
        return [.. logits.ToFloats().Chunk((int)logits.shape[1]).Select(row => answer.IsIndependent ? [.. row.Select(z => 1 / (1 + Math.Exp(-(double)z)))] : Softmax(row))];
    }

    private static double[] Softmax(float[] row)
    {
        double most = row.Max();
        double[] powers = [.. row.Select(z => Math.Exp(z - most))];
        double sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }
}
