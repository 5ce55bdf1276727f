namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>What is to be said of a map that shows nothing.</summary>
internal static class MapRemarks
{
    /// <summary>Why a map is empty or no number, and what would help; null for maps that show something.</summary>
    public static string? Of(SaliencyMap map)
    {
        int wrong = map.Values.ToArray().Count(v => !float.IsFinite(v));
        if (wrong > 0)
            return $"{wrong:N0} of its {map.Values.Length:N0} values are not finite: somewhere the network, or the method's share of it, divides by zero or overflows for this picture. Another -Method, or -Rule Epsilon, may do without";
        if (Array.Exists(map.Values.ToArray(), v => v != 0)) return null;
        return map switch
        {
            { TargetLayer: { } layer } => $"it is zero everywhere: nothing in the maps of {layer} speaks for it. LayerCam, or another -TargetLayer, may show what there is",
            { ScoreKind: ClassScore.Probability } => "it is zero everywhere: the probability is so near 0 or 1 that it does not change in single precision. -Score Logit does",
            _ => "it is zero everywhere: the score does not change with the picture here, as where every ReLU on the way is off",
        };
    }
}
