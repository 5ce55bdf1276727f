using System.Runtime.InteropServices;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Images;

/// <summary>Pictures on their way through a network together. Those that could not be read keep their place, with their errors.</summary>
public sealed class ImageBatch : IDisposable
{
    private readonly IReadOnlyList<LoadedImage> _images;

    private ImageBatch(IReadOnlyList<LoadedImage> images, IReadOnlyList<LoadedImage> readable, Tensor? pixels) =>
        (_images, Readable, Pixels) = (images, readable, pixels);

    /// <summary>Pictures, those that could not be read among them.</summary>
    public int Count => _images.Count;

    /// <summary>The pictures that could be read, in order.</summary>
    public IReadOnlyList<LoadedImage> Readable { get; }

    /// <summary>Their values in [0, 1], [N, C, H, W]; null where no picture could be read.</summary>
    public Tensor? Pixels { get; }

    /// <summary>Puts loaded pictures together where the network computes, and gives their buffers back.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="network">Whom they are prepared for.</param>
    /// <param name="memory">Where they are put; it may be used for the next batch when this one is disposed.</param>
    public static ImageBatch Of(IReadOnlyList<LoadedImage> images, Network network, BatchMemory memory)
    {
        LoadedImage[] readable = [.. images.Where(i => i.Error is null)];
        if (readable.Length == 0) return new ImageBatch(images, readable, null);
        Tensor host = memory.Take(readable.Length); // [N, C, H, W]
        Span<float> values = MemoryMarshal.Cast<byte, float>(host.bytes);
        int length = network.Input.Length;
        for (int i = 0; i < readable.Length; i++)
        {
            readable[i].Pixels.Span.CopyTo(values.Slice(i * length, length));
            readable[i].Dispose();
        }
        if (network.TorchDevice.type == TorchSharp.DeviceType.CPU) return new ImageBatch(images, readable, host);
        using (host) return new ImageBatch(images, readable, host.to(network.TorchDevice).DetachFromDisposeScope());
    }

    /// <summary>Visits every picture in the order in which it was asked for.</summary>
    /// <param name="failed">Takes the error of one that could not be read.</param>
    /// <param name="read">Takes one that could, with its place in <see cref="Readable"/>.</param>
    public void InOrder(Action<CnnVisException> failed, Action<LoadedImage, int> read)
    {
        int place = 0;
        foreach (LoadedImage image in _images)
        {
            if (image.Error is { } error) failed(error);
            else read(image, place++);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels?.Dispose();
}
