using System.Text.RegularExpressions;

namespace CnnVis.Engine.Models.Weights;

/// <summary>Brings a file's parameter names to the form that architectures use.</summary>
internal static partial class WeightNames
{
    /// <summary>
    /// Without the wrappers that <c>DataParallel</c> (<c>module.</c>) and <c>torch.compile</c> (<c>_orig_mod.</c>) put anywhere into a name, and with the
    /// names of torchvision's first densenets (<c>denselayer1.norm.1.weight</c>) as they are since (<c>denselayer1.norm1.weight</c>).
    /// </summary>
    public static string Canonical(string name) => OldDenseLayer().Replace(Wrapper().Replace(name, ""), "$1$2");

    [GeneratedRegex(@"(?<=^|\.)(?:module|_orig_mod)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Wrapper();

    [GeneratedRegex(@"(denselayer\d+\.(?:norm|relu|conv))\.([12]\.)", RegexOptions.CultureInvariant)]
    private static partial Regex OldDenseLayer();
}
