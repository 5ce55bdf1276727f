using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>Results that came back from a job, a file of Export-Clixml or another session: their numbers and texts, without the network.</summary>
internal static class DeserializedResult
{
    private const string Prefix = "Deserialized.CnnVis.";

    /// <summary>Kinds of results that are about no picture, whatever their properties are called.</summary>
    private static readonly string[] _withoutPicture = ["CnnLayer", "CnnFilter", "CnnFilterBank", "CnnActivationStatistic", "SaliencyMeasureSummary", "RobustnessMeasure", "CnnReconstructionSummary", "MaxActivatingUnit", "ClassProbability", "NumberScore"];

    /// <summary>Whether an object is one.</summary>
    public static bool Is(PSObject item) => item.TypeNames.Any(n => n.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>What it is called in a sentence; null where it is none.</summary>
    public static string? Kind(PSObject item) => !Is(item) ? null : IsModel(item) ? "network of another session" : $"{PipedReader.Words(Name(item))} of another session";

    /// <summary>Whether an object, of another session or none of ours, holds a vector in its property Values.</summary>
    public static bool HoldsCode(PSObject item) => item.Properties["Values"] is not null && (!Is(item) || Name(item) is nameof(CnnCode) or nameof(CnnActivation));

    /// <summary>What it tells.</summary>
    public static Piped Read(PSObject item)
    {
        if (IsModel(item)) return new Piped(item) { Model = ModelReference.Of(item) };
        bool isPicture = item.TypeNames.Contains(Prefix + nameof(SynthesizedImage)) || Name(item) == nameof(AdversarialExample);
        string? path = _withoutPicture.Contains(Name(item)) ? null : PipedReader.Text(item, "Path");
        return new Piped(item)
        {
            Model = ModelReference.Of(item.Properties["Model"]?.Value),
            Question = isPicture && Name(item) == nameof(AdversarialExample) ? null : QuestionProperties.Of(item),
            Picture = isPicture ? Made(item) : path is null ? null : CnnPicture.OfFile(path, Box(item.Properties["Tile"]?.Value)),
            Label = PipedReader.Text(item, "Label"),
            IsPicture = isPicture,
        };
    }

    /// <summary>Whether it was a network.</summary>
    public static bool IsModel(PSObject item) => item.TypeNames.Contains(Prefix + nameof(CnnModel));

    private static string Name(PSObject item) => item.TypeNames.First(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Split('.')[^1];

    private static CnnPicture? Made(PSObject item)
    {
        if (PipedReader.Text(item, "File") is { } file) return CnnPicture.OfFile(file);
        if ((item.Properties["Adversarial"] ?? item.Properties["Values"])?.Value is not { } values || PSObject.AsPSObject(values).BaseObject is not IList list) return null;
        int[] shape = [Whole(item, "Channels"), Whole(item, "Height"), Whole(item, "Width")];
        float[] numbers = [.. list.Cast<object>().Select(v => Convert.ToSingle(PSObject.AsPSObject(v).BaseObject, CultureInfo.InvariantCulture))];
        return shape.Min() > 0 && numbers.LongLength == shape.Aggregate(1L, (a, b) => a * b)
            ? CnnPicture.Of(PipedReader.Text(item, "Path") ?? Kind(item)!, numbers, shape[0], shape[1], shape[2]) : null;
    }

    private static PixelBox? Box(object? value) => value is null || PSObject.AsPSObject(value) is not { } box || box.Properties["Width"] is null ? null
        : new PixelBox(Whole(box, "X"), Whole(box, "Y"), Whole(box, "Width"), Whole(box, "Height"));

    private static int Whole(PSObject item, string name) => LanguagePrimitives.TryConvertTo(item.Properties[name]?.Value, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
