using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>
/// What decides about a picture, as numbers of which the largest wins: the logits of all classes; or, where a label or a number is judged by itself, how far that is beyond its
/// threshold, against zero. Attacks know the former form alone.
/// </summary>
internal sealed class Verdict
{
    private readonly long[]? _columns;
    private readonly float[] _signs;
    private readonly double _threshold;

    private Verdict(long[]? columns, float[] signs, double threshold, long[] goals, long[] others) => (_columns, _signs, _threshold, Goals, Others) = (columns, signs, threshold, goals, others);

    /// <summary>Whether all classes compete.</summary>
    public bool IsWhole => _columns is null;

    /// <summary>For each picture the place that is to be left or, with targets, to be reached.</summary>
    public long[] Goals { get; }

    /// <summary>For each picture the place of what it shows.</summary>
    public long[] Others { get; }

    /// <summary>The verdict about pictures.</summary>
    /// <param name="answer">What the network answers.</param>
    /// <param name="threshold">Where the answer is one number that is asked for: the number to be crossed; null otherwise.</param>
    /// <param name="said">[N, classes], what it says of them.</param>
    /// <param name="labels">What they show.</param>
    /// <param name="areGiven">Whether the user said so; what the network does not say itself is to be left otherwise, in whichever direction.</param>
    /// <param name="targets">What it is to see; null for anything wrong.</param>
    public static Verdict Of(Answer answer, double? threshold, Tensor said, long[] labels, bool areGiven, long[]? targets)
    {
        if (threshold is null && answer.Kind != AnswerKind.Labels) return new Verdict(null, [], 0, targets ?? labels, labels);
        long[] columns = targets ?? labels, zero = new long[labels.Length];
        double limit = threshold ?? 0; // log-odds of ½
        using var scope = NewDisposeScope();
        float[] numbers = said.gather(1, tensor(columns, device: said.device).unsqueeze(1)).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        float[] signs = [.. numbers.Select(n => targets is null && !(areGiven && threshold is null) && n < limit ? -1f : 1f)];
        return new Verdict(columns, signs, limit, zero, targets is null ? zero : [.. zero.Select(_ => 1L)]);
    }

    /// <summary>What the network says, in this form: [k · n, 2], or as it is.</summary>
    /// <param name="said">[k · n, classes], all of a picture one after another.</param>
    /// <param name="rows">Which pictures.</param>
    public Tensor Of(Tensor said, IReadOnlyList<int> rows)
    {
        if (_columns is null) return said;
        using var scope = NewDisposeScope();
        var (columns, signs) = Wide(said, rows);
        Tensor beyond = (said.gather(1, columns) - _threshold) * signs;
        return cat([beyond, zeros_like(beyond)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>From derivatives with respect to this form to those with respect to what the network says.</summary>
    public Tensor Back(Tensor seeds, Tensor said, IReadOnlyList<int> rows)
    {
        if (_columns is null) return seeds;
        using var scope = NewDisposeScope();
        var (columns, signs) = Wide(said, rows);
        return zeros_like(said).scatter(1, columns, seeds.narrow(1, 0, 1) * signs).MoveToOuterDisposeScope();
    }

    private (Tensor Columns, Tensor Signs) Wide(Tensor said, IReadOnlyList<int> rows)
    {
        int each = (int)said.shape[0] / Math.Max(1, rows.Count);
        long[] columns = [.. rows.SelectMany(r => Enumerable.Repeat(_columns![r], each))];
        float[] signs = [.. rows.SelectMany(r => Enumerable.Repeat(_signs[r], each))];
        return (tensor(columns, device: said.device).unsqueeze(1), tensor(signs, device: said.device).unsqueeze(1)); // [k · n, 1]
    }
}
