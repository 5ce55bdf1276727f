using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Train;

/// <summary>Share of the images whose label is the first, and among the first five, of a network's guesses.</summary>
internal sealed record Accuracy(double Top1, double Top5)
{
    private const int Batch = 250;

    /// <param name="images">Labelled images.</param>
    /// <param name="forward">[N, 3, H, W] in [0, 1] to [N, classes].</param>
    public static Accuracy Of(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var noGradient = no_grad();
        long top1 = 0, top5 = 0;
        for (int start = 0; start < images.Count; start += Batch)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(Batch, images.Count - start);
            float[] pixels = new float[count * ImageSet.ImageLength];
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> image = images.Image(start + i);
                for (int j = 0; j < image.Length; j++) pixels[i * ImageSet.ImageLength + j] = image[j] / 255f;
            }
            var (_, indices) = forward(ImageSet.Batch(pixels, count)).topk(5); // [N, 5]
            ReadOnlySpan<long> guesses = MemoryMarshal.Cast<byte, long>(indices.contiguous().bytes);
            for (int i = 0; i < count; i++)
            {
                long label = images.Label(start + i);
                if (guesses[i * 5] == label) top1++;
                if (guesses.Slice(i * 5, 5).Contains(label)) top5++;
            }
        }
        return new Accuracy((double)top1 / images.Count, (double)top5 / images.Count);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"top-1 {Top1:P2}  top-5 {Top5:P2}");
}
