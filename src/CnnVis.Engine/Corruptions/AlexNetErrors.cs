using CnnVis.Engine.Models;

namespace CnnVis.Engine.Corruptions;

/// <summary>Top-1 errors of AlexNet in ImageNet-C, means over the severities, by which corruption errors of networks for ImageNet are counted (Hendrycks and Dietterich's ImageNet-C/test.py).</summary>
public static class AlexNetErrors
{
    /// <summary>Its error without a corruption.</summary>
    public const double Clean = 0.435;

    private static readonly Dictionary<string, double> _errors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GaussianNoise"] = .886428,
        ["ShotNoise"] = .894468,
        ["ImpulseNoise"] = .922640,
        ["DefocusBlur"] = .819880,
        ["GlassBlur"] = .826268,
        ["MotionBlur"] = .785948,
        ["ZoomBlur"] = .798360,
        ["Snow"] = .866816,
        ["Frost"] = .826572,
        ["Fog"] = .819324,
        ["Brightness"] = .564592,
        ["Contrast"] = .853204,
        ["ElasticTransform"] = .646056,
        ["Pixelate"] = .717840,
        ["JpegCompression"] = .606500,
    };

    /// <summary>Its errors by corruption: of the fifteen.</summary>
    public static CorruptionBaseline Baseline { get; } = new("AlexNet", Clean, _errors);

    /// <summary>Whether they apply: to a network with ImageNet's thousand classes, pictures of about 224 pixels, and all five severities.</summary>
    public static bool IsFor(Network network, IReadOnlyList<int> severities) =>
        network.Classes.Count == 1000 && network.Classes[0].Equals("tench", StringComparison.OrdinalIgnoreCase) && CorruptionSummaries.Size(network.Input) == 224 && severities.Distinct().Count() == 5;
}
