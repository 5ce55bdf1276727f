using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>
/// Looks for an example that survives rounding to 8 bits where an attack found one that does not: further along the line from the picture through the example,
/// to twice its size, as far as the ball and the limits let it.
/// </summary>
internal static class SurvivalSearch
{
    private const int Steps = 40;

    /// <summary>Searches for all pictures that have an example, and none that survives.</summary>
    public static void Run(AttackBatch batch)
    {
        using var none = no_grad();
        for (int step = 1; step <= Steps; step++)
        {
            using var scope = NewDisposeScope();
            var rows = new AttackRows(batch, [.. Enumerable.Range(0, batch.Pictures.Count).Where(i => batch.Ranks[i] == ExampleRank.Adversarial)]);
            if (rows.Count == 0) return;
            Tensor originals = rows.Originals, low = rows.Low, high = rows.High, further = originals + (rows.Of(batch.Best) - originals) * (1 + (double)step / Steps);
            Tensor rounded = Rounding.Within(Ball.Project(further, originals, batch.Norm, batch.Epsilon, low, high), originals, low, high), logits = rows.Logits(rounded);
            rows.OfferSurvivors(rounded, logits);
        }
    }
}
