using System.Formats.Tar;
using SkiaSharp;
using static TorchSharp.torch;

namespace CnnVis.Train;

/// <summary>Labelled pictures of one size, decoded once and kept as bytes: [N, H, W, 3].</summary>
internal sealed class ImageSet
{
    public const int Size = 64;
    public const int ImageLength = Size * Size * 3;

    private readonly byte[][] _images;
    private readonly int[] _labels;

    private ImageSet(byte[][] images, int[] labels) => (_images, _labels) = (images, labels);

    public int Count => _images.Length;

    public ReadOnlySpan<byte> Image(int index) => _images[index];

    public int Label(int index) => _labels[index];

    /// <summary>[N, 3, H, W] in channels-last order, which is how the pictures lie in memory.</summary>
    public static Tensor Batch(float[] pixels, long count) => tensor(pixels).view(count, Size, Size, 3).permute(0, 3, 1, 2);

    /// <summary>Reads tar files whose entries are named <c>wnid/file.JPEG</c>; the label is the wnid's index in <paramref name="classes"/>.</summary>
    public static ImageSet FromTar(IEnumerable<string> files, IReadOnlyDictionary<string, int> classes)
    {
        var encoded = new List<(string Name, int Label, byte[] Bytes)>();
        foreach (string file in files)
        {
            using var reader = new TarReader(File.OpenRead(file));
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is not { } data || !classes.TryGetValue(entry.Name.Split('/')[0], out int label)) continue;
                using var buffer = new MemoryStream();
                data.CopyTo(buffer);
                encoded.Add((entry.Name, label, buffer.ToArray()));
            }
        }
        encoded.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        byte[][] images = new byte[encoded.Count][];
        Parallel.For(0, encoded.Count, i => images[i] = Decode(encoded[i].Name, encoded[i].Bytes));
        return new ImageSet(images, [.. encoded.Select(e => e.Label)]);
    }

    private static byte[] Decode(string name, byte[] bytes)
    {
        using SKBitmap? bitmap = SKBitmap.Decode(bytes, new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        if (bitmap is null || bitmap.Width != Size || bitmap.Height != Size) throw new InvalidDataException($"'{name}' is not a {Size}x{Size} picture.");
        ReadOnlySpan<byte> rgba = bitmap.GetPixelSpan();
        byte[] rgb = new byte[ImageLength];
        for (int i = 0, j = 0; j < rgb.Length; i += 4, j += 3) (rgb[j], rgb[j + 1], rgb[j + 2]) = (rgba[i], rgba[i + 1], rgba[i + 2]);
        return rgb;
    }
}
