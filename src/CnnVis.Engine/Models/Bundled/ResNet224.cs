namespace CnnVis.Engine.Models.Bundled;

/// <summary>
/// A residual network (He et al. 2015, https://arxiv.org/abs/1512.03385) that Microsoft trained on ImageNet and publishes, as codes without a classifier, in a NuGet package; ours is the linear classifier on
/// top. <c>resnet224.onnx</c> holds that classifier and the structure, and points into the package's files for all other numbers. <c>tools/CnnVis.Train</c> writes it.
/// </summary>
internal static class ResNet224
{
    /// <summary>Its name.</summary>
    public const string Name = "resnet224";

    /// <summary>How to get the package's files.</summary>
    public const string HowToGet = "It comes with NuGet's package Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 (MIT): ./build.ps1 of a clone fetches it and puts it there; by hand, it is in the package's folder tools/DnnImageModels.";

    /// <summary>The package's files, in the folder of that name beside resnet224.onnx.</summary>
    public static IReadOnlyList<string> Files { get; } = ["ResNet18.onnx", "ResNetPreprocess.onnx"];
}
