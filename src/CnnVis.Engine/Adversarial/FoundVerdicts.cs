using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Adversarial;

/// <summary>What was found of a picture under attack, as data: a verdict for each example and network.</summary>
/// <param name="Verdicts">The verdicts.</param>
/// <param name="Problem">Why there are none; null where there are.</param>
public sealed record FoundVerdicts(RobustnessVerdict[] Verdicts, ScanError? Problem)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundVerdicts> Kind { get; } = new("AttackVerdicts", Results);

    private static IEnumerable<object> Results(ScanMerge merged, IEnumerable<(ListedImage Image, FoundVerdicts Value)> pictures, Origin? origin, Action<CnnVisException> failed)
    {
        var tally = new RobustnessTally(name => name == origin?.Model.Name ? origin : null);
        foreach (var (image, value) in pictures)
        {
            if (value.Problem is { } problem) failed(problem.About(image.Path));
            foreach (RobustnessVerdict verdict in value.Verdicts) tally.Add(verdict);
        }
        return tally.Results(merged.Question.ContextAs<RobustnessContext>().IsPlot);
    }
}

/// <summary>What measures become.</summary>
/// <param name="IsPlot">Whether one object that can be drawn is given.</param>
public sealed record RobustnessContext(bool IsPlot);

/// <summary>What a network says of an example.</summary>
/// <param name="Model">Who was asked.</param>
/// <param name="Source">For whom the example was made.</param>
/// <param name="Method">The attack.</param>
/// <param name="Norm">How sizes are measured.</param>
/// <param name="Epsilon">Largest size; null for no limit.</param>
/// <param name="Outcome">How the attack went.</param>
/// <param name="Success">Whether it found an example.</param>
/// <param name="Before">Whether the network is right about the picture as it is.</param>
/// <param name="After">Whether it is right about the example.</param>
/// <param name="Rounded">Whether it is right about the example of 8 bits.</param>
/// <param name="Queries">Passes that the attack took.</param>
/// <param name="Distortion">Root mean square of the change.</param>
/// <param name="Size">Size of the change by the norm.</param>
public sealed record RobustnessVerdict(string Model, string Source, string Method, AttackNorm Norm, double? Epsilon, AttackOutcome Outcome, bool Success, bool Before, bool After, bool Rounded, long Queries, double Distortion, double Size)
{
    internal static RobustnessVerdict Of(AdversarialExample example, string asked, bool before, bool after, bool rounded) =>
        new(asked, example.Model, example.Method, example.Norm, example.Epsilon, example.Outcome, example.Success, before, after, rounded, example.Queries, example.Distortion, example.Size(example.Norm));
}
