using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>The losses of a batch of pictures: what the regularisers say minus what the objectives say, and the way back from there through network, transformations and parameterisation.</summary>
internal sealed class SynthesisProblem : IProblem
{
    /// <summary>Multiply-adds of a network up to which passes are filled. To a lone picture of a larger one three more cost more than its last bits are worth.</summary>
    private const long MostToFill = 300_000_000;

    private readonly SynthesisOptions _options;
    private readonly BackwardWalk _walk;
    private readonly bool _fills;
    private readonly CancellationToken _cancellation;
    private ObjectiveHeads _heads;
    private int[] _seeds;
    private float[]? _first;

    public SynthesisProblem(Network network, SynthesisOptions options, IReadOnlyList<SynthesisItem> items, CancellationToken cancellation)
    {
        (_options, _cancellation, _heads, _seeds) = (options, cancellation, new ObjectiveHeads([.. items.Select(i => i.Objective)]), [.. items.Select(i => i.Seed)]);
        _walk = network.Backward(_heads.Values, [network.Graph.Input]);
        _fills = network.MultiplyAdds <= MostToFill;
    }

    /// <summary>Number of the step, which chooses the transformations.</summary>
    public int Step { get; set; }

    /// <inheritdoc/>
    public Tensor Restrict(Tensor variables) => _options.Parameterization.Restrict(variables);

    /// <inheritdoc/>
    public Evaluation At(Tensor variables)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        Tensor leaf = variables.detach().requires_grad_(true);
        Tensor pixels = _options.Parameterization.Decode(leaf); // [N, C, H, W]
        Random[] random = [.. _seeds.Select(s => new Random(HashCode(s, Step)))];
        Tensor seen = _options.Transformations.Aggregate(pixels, (p, t) => t.Apply(p, random));
        float[] scores = [];
        Tensor arriving;
        using (BackwardPass pass = _walk.Run(Filled(seen.detach()), _cancellation))
        {
            arriving = pass.Backward(heads =>
            {
                Tensor score = _heads.Score(heads); // [N]
                scores = score.ToFloats();
                return score.sum();
            }, cancellation: _cancellation)[0].narrow(0, 0, seen.shape[0]);
        }
        Tensor units = tensor(Units(scores, arriving), device: pixels.device); // [N]
        Tensor[] penalties = [.. _options.Regularizers.Select(r => r.Penalty(pixels)).OfType<Tensor>().Select(p => p * units)];
        Tensor loss = -(seen * arriving).sum();
        foreach (Tensor penalty in penalties) loss = loss + penalty.sum();
        Down(loss);
        float[] losses = [.. scores.Select(s => -s)];
        foreach (Tensor penalty in penalties)
        {
            float[] values = penalty.ToFloats();
            for (int i = 0; i < losses.Length; i++) losses[i] += values[i];
        }
        return new Evaluation(losses, scores, leaf.grad!.detach().DetachFromDisposeScope(), pixels.detach().DetachFromDisposeScope());
    }

    /// <summary>Goes on with some of the pictures.</summary>
    public void Keep(IReadOnlyList<int> rows)
    {
        (_heads, _seeds) = (_heads.Keep(rows), [.. rows.Select(r => _seeds[r])]);
        if (_first is { } first) _first = [.. rows.Select(r => first[r])];
    }

    /// <summary>Forgets how the pictures looked first.</summary>
    public void Forget() => _first = null;

    /// <summary>What a penalty of 1 counts, for each picture: [N].</summary>
    private float[] Units(float[] scores, Tensor gradient)
    {
        _first ??= _options.PenaltyUnit == PenaltyUnit.Gradient ? gradient.flatten(1).square().mean([1L]).sqrt().ToFloats() : scores;
        return _options.PenaltyUnit switch
        {
            PenaltyUnit.Gain => [.. scores.Zip(_first, (now, first) => Math.Max(now - first, 0))],
            PenaltyUnit.Gradient => _first,
            _ => [.. scores.Select(_ => 1f)],
        };
    }

    /// <summary>The pictures, and black ones behind them so that every pass has whole fours: among these a picture gets the same numbers to the last bit, however many they are.</summary>
    private Tensor Filled(Tensor pictures)
    {
        long missing = -pictures.shape[0] & 3;
        return missing == 0 || !_fills ? pictures.contiguous() : cat([pictures, zeros([missing, .. pictures.shape[1..]], device: pictures.device)]);
    }

    /// <summary>.NET's own hash codes differ from process to process.</summary>
    private static int HashCode(int seed, int step) => unchecked((seed * 486187739 + step) * 16777619 & int.MaxValue);

    private static void Down(Tensor loss)
    {
        try
        {
            loss.backward();
        }
        catch (ExternalException e)
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"The derivative of the picture cannot be computed: {OperatorFailure.Reason(e)}", null, e);
        }
    }
}
