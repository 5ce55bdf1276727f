using System.Management.Automation;
using CnnVis.Engine.Images;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>What can be seen of an object.</summary>
internal static class Visuals
{
    /// <summary>What shows itself; of a result that came back from a job or a file, the picture that it holds; null where there is none.</summary>
    public static IVisual? Of(PSObject? item) => item switch
    {
        null => null,
        { BaseObject: IVisual visual } => visual,
        _ when DeserializedResult.Is(item) && !DeserializedResult.IsModel(item) && DeserializedResult.Read(item).Picture is { Values: not null } picture => ArrayImage.Of(picture, picture.Channels).ToImage(),
        _ => null,
    };

    /// <summary>Why a result that came back from a job or a file cannot be seen; null for any other object.</summary>
    public static string? Refusal(PSObject? item)
    {
        if (item is null || !DeserializedResult.Is(item)) return null;
        string kind = PipedReader.Kind(item);
        return $"{char.ToUpperInvariant(kind[0])}{kind[1..]} cannot be drawn: it holds numbers and text only. Draw it where it was made, before Export-Clixml or at the end of the job, or make it again{(PipedReader.Text(item, "Path") is { } path ? $" of '{path}'" : "")}.";
    }
}
