using System.Globalization;

namespace CnnVis;

/// <summary>One code and its place in a map.</summary>
/// <param name="Code">The code.</param>
/// <param name="Position">One to three numbers.</param>
public sealed record TsnePoint(CnnCode Code, float[] Position) : ICnnResult
{
    /// <summary>The image file.</summary>
    public string? Path => Code.Path;

    /// <summary>What the image shows, where that is known.</summary>
    public string? Label => Code.Label;

    /// <summary>First number of the place.</summary>
    public float X => Position[0];

    /// <summary>Second number of the place; 0 in a map of one dimension.</summary>
    public float Y => Position.Length > 1 ? Position[1] : 0;

    /// <summary>Third number of the place; 0 in a map of fewer dimensions.</summary>
    public float Z => Position.Length > 2 ? Position[2] : 0;

    /// <summary>The file's name and the place.</summary>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))} ({string.Join(", ", Position.Select(p => p.ToString("0.##", CultureInfo.InvariantCulture)))})";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => ((ICnnResult)Code).Question;

    IEnumerable<CnnPicture> ICnnResult.Pictures => ((ICnnResult)Code).Pictures;

    internal Origin? Origin { get; init; }
}
