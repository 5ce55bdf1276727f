using System.Collections;
using System.Management.Automation;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>Reads what came down the pipeline: results of the module, networks, files, texts, pictures, and whatever has properties of their names.</summary>
internal static class PipedReader
{
    private static readonly string[] _literalPaths = ["LiteralPath", "PSPath", "FullName", "LP"];

    /// <summary>What an object tells. Of a result that is made of others (a set, a sheet) it is they that count, where they have what it lacks.</summary>
    /// <param name="input">The object, or a list of such.</param>
    /// <param name="wantsPictures">Whether pictures are looked for; otherwise what it is about.</param>
    public static IEnumerable<Piped> Read(object? input, bool wantsPictures)
    {
        PSObject item = PSObject.AsPSObject(input ?? throw new CnnVisException(ErrorIds.InvalidArgument, "Nothing came down the pipeline but $null.", input));
        switch (item.BaseObject)
        {
            case string text: return [new Piped(text) { Path = text.Length > 0 ? text : null }];
            case FileSystemInfo file: return [new Piped(file) { Path = file.FullName, IsLiteral = true }];
            case CnnModel model: return [new Piped(model) { Model = new ModelReference(model) }];
            case PixelImage image: return [new Piped(image) { Picture = CnnPicture.Of($"picture of {image} pixels", image), IsPicture = true }];
            case CnnPicture picture: return [new Piped(picture) { Picture = picture, IsPicture = true }];
            case CnnObjective objective: return [new Piped(objective)];
            case CnnTarget target: return [new Piped(target) { Question = new CnnQuestion { Number = $"{target}" } }];
            case ICnnResult result: return OfResult(result, item, wantsPictures);
            case IEnumerable list when list is not IDictionary: return list.Cast<object?>().SelectMany(one => Read(one, wantsPictures));
            default: return [DeserializedResult.Is(item) ? DeserializedResult.Read(item) : OfProperties(item)];
        }
    }

    /// <summary>What an object is called in a sentence: a layer, an activation statistic, a text.</summary>
    public static string Kind(object? item)
    {
        PSObject wrapped = PSObject.AsPSObject(item ?? "");
        string name = DeserializedResult.Kind(wrapped) ?? (wrapped.BaseObject switch
        {
            string => "text",
            CnnModel => "network",
            PSCustomObject => "object with the properties " + string.Join(", ", wrapped.Properties.Select(p => p.Name)),
            ICnnResult or CnnTarget or CnnObjective or IVisual => Words(wrapped.BaseObject.GetType().Name),
            var other => other.GetType().Name,
        });
        return $"{("aeioAEIO".Contains(name[0], StringComparison.Ordinal) ? "an" : "a")} {name}";
    }

    /// <summary>The words of a type's name: of CnnActivationStatistic activation statistic.</summary>
    internal static string Words(string type)
    {
        string name = type.StartsWith("Cnn", StringComparison.Ordinal) ? type[3..] : type;
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
    }

    private static IEnumerable<Piped> OfResult(ICnnResult result, PSObject item, bool wantsPictures)
    {
        CnnPicture[] pictures = [.. result.Pictures];
        if (wantsPictures ? pictures.Length == 0 : result.Question is null)
        {
            Piped[] parts = [.. result.Parts.SelectMany(p => OfResult(p, PSObject.AsPSObject(p), wantsPictures))];
            if (parts.Length > 0) return parts;
        }
        var whole = new Piped(result)
        {
            Model = ModelOf(result, item),
            Question = result.Question,
            IsPicture = result is AdversarialExample or SynthesizedImage or CorruptedImage,
        };
        if (pictures.Length > 0) return [.. pictures.Select(p => whole with { Picture = p, Label = p.Label ?? Text(item, "Label") })];
        return [whole with { Path = Text(item, "Path"), IsLiteral = true, Label = Text(item, "Label") }]; // read from a file
    }

    /// <summary>The network that made a result; of one that was read from a file its name, and where that is known its hash.</summary>
    private static ModelReference? ModelOf(ICnnResult result, PSObject item) => result.Origin is { } origin ? new ModelReference(origin.Model)
        : (result.ModelName ?? Text(item, "Model")) is { } name ? new ModelReference(new ModelStamp(name, result.ModelHash, null))
        : null;

    /// <summary>An object that is none of ours: its properties tell.</summary>
    private static Piped OfProperties(PSObject item)
    {
        string? literal = _literalPaths.Select(name => Text(item, name)).FirstOrDefault(p => p is not null);
        return new Piped(item)
        {
            Path = literal ?? Text(item, "Path"),
            IsLiteral = literal is not null,
            Model = ModelReference.Of(item.Properties["Model"]?.Value),
            Question = QuestionProperties.Of(item),
            Label = Text(item, "Label"),
        };
    }

    /// <summary>A property's text; null where there is none, or it is empty.</summary>
    internal static string? Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
