using CnnVis.Engine.Scans;
using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Corruptions;

/// <summary>How steady the answer is while a picture is perturbed, as data.</summary>
/// <param name="Flips">By perturbation: share of the frames at which the answer changes.</param>
/// <param name="Distances">By perturbation: how far the first five classes move from frame to frame.</param>
public sealed record FoundStability(double[] Flips, double[] Distances)
{
    /// <summary>How files call it.</summary>
    public static PictureKind<FoundStability> Kind { get; } = new("PerturbationFlips", (merged, pictures, origin, _) =>
    {
        var tally = new StabilityTally(merged.Question.Model, merged.Question.ContextAs<StabilityContext>(), origin);
        foreach (var (_, value) in pictures) tally.Add(value);
        return tally.Result;
    });
}

/// <summary>What makes results of what is found.</summary>
/// <param name="Perturbations">The perturbations.</param>
/// <param name="Frames">By perturbation, how many frames.</param>
/// <param name="Seed">Of the intervals.</param>
public sealed record StabilityContext(string[] Perturbations, int[] Frames, int Seed);

/// <summary>Puts together what pictures gave.</summary>
/// <param name="model">The network's name.</param>
/// <param name="context">What makes results.</param>
/// <param name="origin">The network; null where it is not here.</param>
internal sealed class StabilityTally(string model, StabilityContext context, Origin? origin)
{
    private readonly List<FoundStability> _found = [];

    /// <summary>What was found, a perturbation each; nothing before the first picture.</summary>
    public IReadOnlyList<PerturbationStability> Result => _found.Count == 0 ? [] : [.. context.Perturbations.Select((p, i) =>
    {
        double[] flips = [.. _found.Select(f => f.Flips[i])];
        var (lower, upper) = flips.Length > 1 ? Bootstrap.Mean(flips, context.Seed) : (double.NaN, double.NaN);
        return new PerturbationStability { Origin = origin, Model = model, Perturbation = p, Count = flips.Length, Frames = context.Frames[i], FlipRate = flips.Average(), Lower = lower, Upper = upper, TopFiveDistance = _found.Average(f => f.Distances[i]) };
    })];

    /// <summary>Takes in what was found of a picture.</summary>
    public void Add(FoundStability found) => _found.Add(found);
}
