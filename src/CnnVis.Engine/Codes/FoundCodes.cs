using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Codes;

/// <summary>The codes of a picture, as data: a layer each, for each tile.</summary>
/// <param name="Codes">The codes.</param>
/// <param name="Problem">Why some are missing; null where none is.</param>
public sealed record FoundCodes(FoundCode[] Codes, ScanError? Problem = null)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundCodes> Kind { get; } = new("Codes", (merged, pictures, origin, failed) => Results(merged.Question, pictures, origin, failed));

    /// <summary>Codes as data.</summary>
    public static FoundCodes Of(IEnumerable<CnnCode> codes, CnnVisException? problem = null) => new([.. codes.Select(c => new FoundCode(c.Layer ?? "", c.Tile is { } t ? [t.X, t.Y, t.Width, t.Height] : null, c.Values))], ScanError.Of(problem));

    /// <summary>Data as codes.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="origin">The network; null where it is not here.</param>
    /// <param name="hash">The network's hash, for files of codes to tell where it is not here; null where it is not known.</param>
    public IEnumerable<CnnCode> ToCodes(ListedImage image, string model, Origin? origin, string? hash = null) => Codes.Select(c => new CnnCode
    {
        Origin = image.OriginOf(origin),
        Path = image.Path,
        Label = image.Label,
        Model = model,
        Layer = c.Layer,
        Tile = c.Tile is { } t ? new PixelBox(t[0], t[1], t[2], t[3]) : null,
        Values = c.Values,
        Hash = hash,
    });

    private static IEnumerable<object> Results(ScanQuestion question, IEnumerable<(ListedImage Image, FoundCodes Value)> pictures, Origin? origin, Action<CnnVisException> failed)
    {
        string? hash = question.ModelHash is { Length: > 0 } known ? known : null;
        foreach (var (image, value) in pictures)
        {
            foreach (CnnCode code in value.ToCodes(image, question.Model, origin, hash)) yield return code;
            if (value.Problem is { } problem) failed(problem.About(image.Path));
        }
    }
}

/// <summary>A code, as data.</summary>
/// <param name="Layer">Alias of the layer.</param>
/// <param name="Tile">Left, top, width and height of the tile; null for the whole picture.</param>
/// <param name="Values">The vector; in files the bytes of its float32, little-endian, in base 64.</param>
public sealed record FoundCode(string Layer, int[]? Tile, [property: JsonConverter(typeof(FoundCode.Floats))] float[] Values)
{
    private sealed class Floats : JsonConverter<float[]>
    {
        public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => MemoryMarshal.Cast<byte, float>(reader.GetBytesFromBase64()).ToArray();

        public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(MemoryMarshal.AsBytes<float>(value));
    }
}
