using System.Runtime.InteropServices;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>What one forward pass leaves for derivatives. Several heads share it; dispose it when done.</summary>
public sealed class BackwardPass : IDisposable
{
    private readonly BackwardWalk _walk;
    private readonly List<Piece> _pieces = [];
    private readonly Tensor?[] _values;

    /// <summary>What lies between cuts: the value as it was computed, with its history, and as the next piece begins with it, without.</summary>
    private sealed record Piece(int Slot, WalkStep? Step, Tensor? End, Tensor?[] Inputs);

    internal BackwardPass(BackwardWalk walk, Tensor input, CancellationToken cancellation)
    {
        (_walk, _values) = (walk, (Tensor?[])walk.Plan.Initial.Clone());
        try
        {
            using var gradients = enable_grad();
            _values[0] = Begin(0, input);
            if (walk.IsCut[0]) _pieces.Add(new Piece(0, null, null, []));
            foreach (WalkStep step in walk.Plan.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                Compute(step);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The value of the head of that place among the walk's; the pass keeps it.</summary>
    public Tensor Head(int index) => _values[_walk.Heads[index]]!;

    /// <summary>The value of the tap of that place among the walk's; the pass keeps it.</summary>
    public Tensor Tap(int index) => _values[_walk.Taps[index]]!;

    /// <summary>Gradients of a scalar function of the heads at the taps, in their order.</summary>
    /// <param name="objective">Gets the heads' values, gives one number.</param>
    /// <param name="keep">Whether another call follows; the last one frees as it goes.</param>
    /// <param name="cancellation">Ends it between two pieces.</param>
    public Tensor[] Backward(Func<Tensor[], Tensor> objective, bool keep = false, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        Tensor[] heads = [.. _walk.Heads.Select(slot => _values[slot]!.detach().requires_grad_(true))];
        objective(heads).backward();
        return [.. Backward([.. heads.Select(h => h.grad)], keep, cancellation).Select(g => g.MoveToOuterDisposeScope())];
    }

    /// <summary>What arrives at the taps, in their order, when the given values start at the heads.</summary>
    /// <param name="seeds">For each head the derivative of what is asked about, of the head's shape; null for zero.</param>
    /// <param name="keep">Whether another call follows; the last one frees as it goes.</param>
    /// <param name="cancellation">Ends it between two pieces.</param>
    /// <returns>Tensors of the taps' shapes, in the caller's dispose scope.</returns>
    public Tensor[] Backward(IReadOnlyList<Tensor?> seeds, bool keep = false, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        Tensor?[] arriving = new Tensor?[_values.Length], arrived = new Tensor?[_values.Length];
        for (int i = 0; i < seeds.Count; i++)
            if (seeds[i] is { } seed) Accumulate(arriving, _walk.Heads[i], seed.alias());
        for (int i = _pieces.Count - 1; i >= 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            Piece piece = _pieces[i];
            if (arriving[piece.Slot] is { } gradient)
            {
                arriving[piece.Slot] = null;
                if (_walk.Taps.Contains(piece.Slot)) arrived[piece.Slot] = gradient;
                Down(piece, gradient, arriving, keep);
                if (arrived[piece.Slot] is null) gradient.Dispose();
            }
            if (!keep) Free(piece);
        }
        return [.. _walk.Taps.Select(slot => (arrived[slot]?.alias() ?? zeros_like(_values[slot]!)).detach().MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Piece piece in _pieces) Free(piece);
        for (int slot = 0; slot < _values.Length; slot++)
            if (!ReferenceEquals(_values[slot], _walk.Plan.Initial[slot])) _values[slot]?.Dispose();
    }

    private void Compute(WalkStep step)
    {
        Tensor?[] inputs = step.Take(_values);
        bool ruled = _walk.IsRuled[step.Output];
        Tensor output;
        using (set_grad_enabled(!ruled)) output = step.Compute(inputs, _walk.MayOverwrite(step)).DetachFromDisposeScope();
        if (_walk.IsCut[step.Output] && output.is_floating_point())
        {
            _values[step.Output] = Begin(step.Output, output);
            // A rule may look at its inputs; aliases, because the walk lets go of its own.
            _pieces.Add(new Piece(step.Output, step, ruled ? null : output, ruled ? [.. inputs.Select(i => i?.alias().DetachFromDisposeScope())] : []));
            if (ruled) output.Dispose();
        }
        else
        {
            _values[step.Output] = output;
        }
        foreach (int slot in step.Dying)
        {
            if (_walk.IsCut[slot] || ReferenceEquals(_values[slot], output)) continue; // autograd is asked for it by its handle
            _values[slot]!.Dispose();
            _values[slot] = null;
        }
    }

    /// <summary>The value without its history, so that a piece begins here.</summary>
    private Tensor Begin(int slot, Tensor value) => value.detach().requires_grad_(_walk.IsLive[slot]).DetachFromDisposeScope();

    private void Down(Piece piece, Tensor gradient, Tensor?[] arriving, bool keep)
    {
        if (piece.Step is not { } step) return;
        try
        {
            if (piece.End is null)
            {
                Tensor?[] parts = ByRule(step.Node, piece, gradient);
                for (int i = 0; i < parts.Length; i++)
                    if (parts[i] is { } part && step.Inputs[i] is >= 0 and int slot && _walk.IsLive[slot]) Accumulate(arriving, slot, part);
            }
            else if (piece.End.requires_grad)
            {
                int[] sources = [.. _walk.Sources[piece.Slot].Where(s => _values[s]!.requires_grad)];
                IList<Tensor> parts = autograd.grad([piece.End], [.. sources.Select(s => _values[s]!)], [gradient], retain_graph: keep, allow_unused: true);
                for (int i = 0; i < sources.Length; i++)
                    if (parts[i] is { IsInvalid: false } part) Accumulate(arriving, sources[i], part);
            }
        }
        catch (ExternalException e)
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"The derivative of layer '{step.Node.Name}' ({step.Node.Operator.Type}) cannot be computed: {OperatorFailure.Reason(e)}", step.Node.Name, e);
        }
    }

    private Tensor?[] ByRule(Node node, Piece piece, Tensor gradient)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return [.. _walk.Rule!.Backward(_walk.Graph, node, piece.Inputs, _values[piece.Slot]!, gradient).Select(p => p?.MoveToOuterDisposeScope())];
    }

    private static void Accumulate(Tensor?[] arriving, int slot, Tensor part)
    {
        if (arriving[slot] is not { } before)
        {
            arriving[slot] = part;
            return;
        }
        arriving[slot] = before + part;
        before.Dispose();
        part.Dispose();
    }

    private static void Free(Piece piece)
    {
        piece.End?.Dispose();
        foreach (Tensor? input in piece.Inputs) input?.Dispose();
    }
}
