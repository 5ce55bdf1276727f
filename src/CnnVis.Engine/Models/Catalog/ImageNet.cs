namespace CnnVis.Engine.Models.Catalog;

/// <summary>The classes of ImageNet's classification challenge (ILSVRC 2012).</summary>
public static class ImageNet
{
    private static readonly Lazy<string[]> _classes = new(Read);

    /// <summary>
    /// Their 1000 names by output index, as torchvision spells them; the order is that of the WordNet ids. Two names stand for two classes each: <c>crane</c>
    /// (134 the bird, 517 the machine) and <c>maillot</c> (638, 639); <c>Cardigan</c> (264, a dog) and <c>cardigan</c> (474) differ by case.
    /// </summary>
    public static IReadOnlyList<string> Classes => _classes.Value;

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(ImageNet).Assembly.GetManifestResourceStream("imagenet-classes.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
