using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>
/// Adversarial examples as files that the network, shown them like any photo, sees as they are. Where a network cuts the middle out of a larger picture, the file is that
/// larger picture, the rest of the photo round the example.
/// </summary>
public static class AdversarialFile
{
    /// <summary>The picture to write, 8 bits a value; files without loss only.</summary>
    /// <exception cref="CnnVisException">The network takes other pictures than grey or colour.</exception>
    public static PixelImage Picture(AdversarialExample example, Network network)
    {
        CnnInput input = network.Input;
        if (input.Channels is not (1 or 3))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} takes pictures of {input.Channels} channels, which no picture file holds as they are; Adversarial has the values.", network.Name);
        PixelImage inner = example.ToImage();
        if (input.ResizeMode != ResizeMode.Crop || Math.Min(input.Height, input.Width) >= input.ResizeTo || example.Origin?.Picture is { IsInMemory: true } or { Box: not null } || ArrayImage.Is(example.Path)) return inner;
        PixelView view = Preprocessor.View(input.ResizeTo, input.ResizeTo, input);
        if (view.ResizedWidth != input.ResizeTo || view.ResizedHeight != input.ResizeTo) return inner;
        byte[] pixels = Surroundings(example.Path, input);
        for (int y = 0; y < input.Height; y++)
            inner.Pixels.Slice(y * input.Width * 3, input.Width * 3).CopyTo(pixels.AsSpan(((y + view.Top) * input.ResizeTo + view.Left) * 3));
        return new PixelImage(input.ResizeTo, input.ResizeTo, pixels);
    }

    /// <summary>What the network says of a file, prepared as any photo.</summary>
    public static ClassProbability Classify(string file, Network network, CancellationToken cancellation = default)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        float[] values = new float[network.Input.Length];
        Preprocessor.Load(file, network.Input, DecodeOptions.Default, values);
        Tensor pixels = tensor(values, [1, network.Input.Channels, network.Input.Height, network.Input.Width]).to(network.TorchDevice);
        float[] probabilities = network.Forward(pixels, [network.Answers.Probabilities], cancellation)[0].ToFloats();
        int best = Array.IndexOf(probabilities, probabilities.Max());
        return new ClassProbability(best, network.Classes[best], probabilities[best]);
    }

    /// <summary>The middle of the photo at the size from which the network cuts, [side, side, 3].</summary>
    private static byte[] Surroundings(string path, CnnInput input)
    {
        int side = input.ResizeTo;
        var whole = new CnnInput(3, side, side, ResizeMode.Crop, side);
        float[] values = new float[whole.Length];
        Preprocessor.Load(path, whole, DecodeOptions.Default, values);
        byte[] pixels = new byte[values.Length];
        for (int i = 0; i < side * side; i++)
            for (int c = 0; c < 3; c++) pixels[i * 3 + c] = (byte)Math.Clamp(values[c * side * side + i] * 255 + 0.5f, 0, 255);
        return pixels;
    }
}
