using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Corruptions;

/// <summary>A network's pictures as photos of 8 bits, and back. Grey ones become photos of three equal channels and luma again; opacity stays.</summary>
public static class InputPixels
{
    /// <summary>Makes sure that a network's pictures are photos.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: they have more than four channels.</exception>
    public static void Ensure(Network network)
    {
        if (network.Input.Channels > 4)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} takes pictures of {network.Input.Channels} channels, and corruptions are of photos: of 1 (grey), 2, 3 (RGB) or 4.", network.Name);
    }

    /// <summary>The readable pictures of a batch, rounded to 8 bits.</summary>
    public static PixelImage[] Of(ImageBatch batch, CnnInput input) => batch.Pixels is { } pixels ? Of(pixels, input, [.. Enumerable.Range(0, batch.Readable.Count)]) : [];

    /// <summary>Rows of a batch, [N, C, H, W] in [0, 1], rounded to 8 bits.</summary>
    public static PixelImage[] Of(Tensor pixels, CnnInput input, IReadOnlyList<int> rows)
    {
        float[] values = pixels.ToFloats();
        return [.. rows.Select(r => Of(values.AsSpan(r * input.Length, input.Length), input))];
    }

    /// <summary>One picture, [C, H, W] in [0, 1], rounded to 8 bits.</summary>
    public static PixelImage Of(ReadOnlySpan<float> values, CnnInput input)
    {
        int plane = input.Height * input.Width;
        byte[] bytes = new byte[3 * plane];
        for (int i = 0; i < plane; i++)
            for (int c = 0; c < 3; c++) bytes[3 * i + c] = (byte)Math.Clamp(255 * values[(input.Channels < 3 ? 0 : c * plane) + i] + 0.5f, 0, 255);
        return new PixelImage(input.Width, input.Height, bytes);
    }

    /// <summary>Photos as a batch, on the device of the batch that they came from, whose opacity they keep.</summary>
    public static Tensor ToTensor(IReadOnlyList<PixelImage> images, Tensor origin, CnnInput input, IReadOnlyList<int> rows)
    {
        int plane = input.Height * input.Width;
        float[] values = new float[images.Count * input.Length];
        for (int n = 0; n < images.Count; n++)
        {
            ReadOnlySpan<byte> bytes = images[n].Pixels;
            Span<float> to = values.AsSpan(n * input.Length, input.Length);
            for (int i = 0; i < plane; i++)
            {
                if (input.Channels < 3) to[i] = (299 * bytes[3 * i] + 587 * bytes[3 * i + 1] + 114 * bytes[3 * i + 2]) / 255_000f;
                else for (int c = 0; c < 3; c++) to[c * plane + i] = bytes[3 * i + c] / 255f;
            }
        }
        Tensor result = tensor(values, [images.Count, input.Channels, input.Height, input.Width]).to(origin.device);
        if (input.Channels is 2 or 4)
        {
            long last = input.Channels - 1;
            result.narrow(1, last, 1).copy_(origin.index_select(0, tensor([.. rows.Select(r => (long)r)], device: origin.device)).narrow(1, last, 1));
        }
        return result;
    }
}
