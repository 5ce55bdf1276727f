using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The boundaries round pictures, of the network made linear there: for each picture some pairs of classes, with the lead that has to be overcome and its gradient.</summary>
/// <param name="Leads">By how much the lead has to rise until it is 0; negative where it is beyond: [n, k].</param>
/// <param name="Gradients">k gradients of the lead, [n, C, H, W] each.</param>
internal sealed record Boundaries(Tensor Leads, Tensor[] Gradients)
{
    /// <summary>Takes the boundaries between the label and its strongest rivals, or between the target and the class that leads it.</summary>
    /// <param name="rows">The pictures.</param>
    /// <param name="x">Where, [n, C, H, W].</param>
    /// <param name="rivals">Most boundaries a picture.</param>
    /// <param name="stop">Gets the logits; true, and nothing more is computed.</param>
    /// <param name="others">The rivals, [n, k]; null for the strongest of the pictures as they are.</param>
    public static Boundaries? At(AttackRows rows, Tensor x, int rivals, Func<Tensor, bool> stop, Tensor? others = null)
    {
        Tensor goals = rows.Goals;
        Tensor? leads = null;
        bool stopped = false;
        var (_, gradients) = rows.Differentiate(x, logits =>
        {
            if (stopped = stop(logits)) return [];
            Tensor chosen = rows.IsTargeted ? LogitSeeds.Rival(logits, goals).unsqueeze(1) : others ?? Strongest(rows.CleanLogits, goals, rivals); // [n, k]
            Tensor own = logits.gather(1, goals.unsqueeze(1)), their = logits.gather(1, chosen);
            leads = (rows.IsTargeted ? their - own : own - their).MoveToOuterDisposeScope();
            Tensor[] columns = [.. Enumerable.Range(0, (int)chosen.shape[1]).Select(k => chosen.select(1, k))];
            return [.. columns.Select(other => rows.IsTargeted ? LogitSeeds.Difference(logits, goals, other) : LogitSeeds.Difference(logits, other, goals))];
        });
        return stopped ? null : new Boundaries(leads!, gradients);
    }

    /// <summary>The strongest classes but one: [n, k].</summary>
    public static Tensor Strongest(Tensor logits, Tensor but, int count)
    {
        using Tensor others = LogitSeeds.With(logits, but.unsqueeze(1), float.NegativeInfinity), order = others.argsort(1, descending: true);
        return order.narrow(1, 0, Math.Min(count, logits.shape[1] - 1)).clone();
    }

    /// <summary>Those of the pictures that stay.</summary>
    public Boundaries Without(bool[] done) => new(Rows.Without(Leads, done), [.. Gradients.Select(g => Rows.Without(g, done))]);

    /// <summary>For each picture the smallest step that reaches one of its boundaries, by the norm and within the limits: [n, C, H, W].</summary>
    public Tensor Nearest(Tensor x, AttackNorm norm, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        var (gradient, lead) = NearestOne(x, norm, low, high);
        return Hyperplane.Step(gradient, lead, norm, x, low, high).MoveToOuterDisposeScope();
    }

    /// <summary>For each picture its nearest boundary: the lead's gradient, [n, C, H, W], and by how much the lead has to rise, [n].</summary>
    public (Tensor Gradient, Tensor Lead) NearestOne(Tensor x, AttackNorm norm, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        (Tensor Gradient, Tensor Lead, Tensor Size)? best = null;
        for (int k = 0; k < Gradients.Length; k++)
        {
            Tensor lead = Leads.select(1, k), step = Hyperplane.Step(Gradients[k], lead, norm, x, low, high), size = Ball.Size(step, norm) + Hyperplane.Missing(Gradients[k], lead, step);
            if (best is not { } before) best = (Gradients[k].alias(), lead, size);
            else
            {
                Tensor nearer = size < before.Size;
                best = (where(Rows.Wide(nearer), Gradients[k], before.Gradient), where(nearer, lead, before.Lead), minimum(size, before.Size));
            }
        }
        return (best!.Value.Gradient.MoveToOuterDisposeScope(), best.Value.Lead.MoveToOuterDisposeScope());
    }
}
