using System.Globalization;
using System.Text;
using CnnVis.Engine.Models;

namespace CnnVis.Train;

/// <summary>Says what a network is, where it comes from and how good it is (Mitchell et al. 2019, Model Cards for Model Reporting).</summary>
internal static class ModelCard
{
    public static string Write(Network network, Recipe recipe, ImageSet training, ImageSet validation, Accuracy accuracy)
    {
        var card = new StringBuilder();
        void Line(FormattableString text) => card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# {network.Name}");
        Line($"");
        Line($"An AlexNet-shaped network for {network.InputWidth}×{network.InputHeight} colour pictures and {network.Classes.Count} ImageNet classes, made to be looked into: it is small, answers at once, and carries the papers' layer names.");
        Line($"Written by `tools/CnnVis.Train`, together with the network itself; the numbers are measured on the file, 16-bit weights and all.");
        Line($"");
        Line($"| | |");
        Line($"|---|---|");
        Line($"| Top-1 / top-5 accuracy | {accuracy.Top1:P1} / {accuracy.Top5:P1} of {validation.Count:N0} validation images, none of them trained on |");
        Line($"| Parameters | {network.ParameterCount:N0} |");
        Line($"| Multiply-adds | {network.MultiplyAdds:N0} a picture |");
        Line($"| Trained on | {training.Count:N0} images of Tiny ImageNet, {training.Count / network.Classes.Count} a class |");
        Line($"| Seed | {recipe.Seed} |");
        Line($"");
        Line($"## Layers");
        Line($"");
        Line($"| Layer | Operator | Output | Parameters | Receptive field / stride |");
        Line($"|---|---|---|---|---|");
        foreach (CnnLayer layer in network.Layers)
            Line($"| {layer.Alias} | {layer.Operator} | {string.Join(" × ", layer.OutputShape)} | {layer.ParameterCount:N0} | {(layer.OutputShape.Count > 1 && layer.ReceptiveField is { } field ? $"{field.Size} / {field.StrideY}" : "")} |");
        Line($"");
        Line($"## Recipe");
        Line($"");
        Line($"{recipe.Epochs} epochs of SGD, batch {recipe.BatchSize}, Nesterov momentum {recipe.Momentum}; one cycle to {recipe.PeakLearningRate} with {recipe.WarmUp:P0} warm-up, then half a cosine; weight decay {recipe.WeightDecay} on weights only; label smoothing {recipe.LabelSmoothing}; dropout {recipe.Dropout} before fc6 and fc7. Batch normalisation after conv1–5 and fc6, folded into the weights here. {(recipe.HalfPrecision ? "Products in bfloat16, sums in float32." : "All in float32.")} Flips, crops of 60–100% of the area with aspect ±20%, brightness ±30%.");
        Line($"");
        Line($"## Know before you use it");
        Line($"");
        Line($"- It gives one of its {network.Classes.Count} classes whatever it is shown. A photo of something else gets the nearest of them, at times with confidence.");
        Line($"- It sees {network.InputWidth}×{network.InputHeight} pixels of the centre of a photo: what is small, or at the border, is lost.");
        Line($"- It is for studying networks, not for decisions about anything.");
        Line($"");
        Line($"## Classes");
        Line($"");
        Line($"{string.Join(", ", network.Classes)}.");
        return card.ToString();
    }
}
