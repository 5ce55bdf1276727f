using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Mapping;

/// <summary>Maps by hand.</summary>
internal static class TestMaps
{
    /// <summary>Points at places, each with a code and, where there is a folder, a picture of one colour.</summary>
    public static TsneMap Of(IReadOnlyList<float[]> places, IReadOnlyList<float[]>? codes = null, IReadOnlyList<string?>? paths = null, IReadOnlyList<string?>? labels = null) => new()
    {
        Points = places.Select((place, i) => new TsnePoint(new CnnCode { Path = paths?[i], Label = labels?[i], Model = "m", Layer = "l", Values = codes?[i] ?? [i] }, place)).ToArray(),
        Dimension = places.Count == 0 ? 2 : places[0].Length,
        Perplexity = 5,
        Iterations = 100,
        Divergence = 0.5,
    };

    /// <summary>So many points anywhere.</summary>
    public static TsneMap Random(int count, int seed = 1, IReadOnlyList<string?>? paths = null, IReadOnlyList<string?>? labels = null)
    {
        var random = new Random(seed);
        return Of([.. Enumerable.Range(0, count).Select(_ => new[] { random.NextSingle(), random.NextSingle() })], paths: paths, labels: labels);
    }

    /// <summary>A colour that tells which picture it is, far from white.</summary>
    public static Rgb Color(int index) => new((byte)(index * 37 % 200), (byte)(index * 91 % 200), (byte)(index % 200));

    /// <summary>Pictures of one colour each.</summary>
    public static string[] Pictures(TempFolder folder, int count, int width = 24, int height = 24) => [.. Enumerable.Range(0, count).Select(i =>
    {
        byte[] pixels = new byte[width * height * 3];
        for (int p = 0; p < pixels.Length; p += 3) (pixels[p], pixels[p + 1], pixels[p + 2]) = (Color(i).R, Color(i).G, Color(i).B);
        return folder.Add($"{i:D3}.png", ImageCodec.Encode(new PixelImage(width, height, pixels), ImageFormat.Png, 90));
    })];
}
