using System.Runtime.InteropServices;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Images;

/// <summary>Pictures on their way through a network together. Those that could not be read, or that the network has no answer for, keep their place, with their errors.</summary>
public sealed class ImageBatch : IDisposable
{
    private readonly IReadOnlyList<LoadedImage> _images;

    private ImageBatch(IReadOnlyList<LoadedImage> images, IReadOnlyList<LoadedImage> readable, Tensor? pixels, Tensor? answers = null) =>
        (_images, Readable, Pixels, Answers) = (images, readable, pixels, answers);

    /// <summary>Pictures, those that could not be read or have no answer among them.</summary>
    public int Count => _images.Count;

    /// <summary>The pictures that could be read and have an answer, in order.</summary>
    public IReadOnlyList<LoadedImage> Readable { get; }

    /// <summary>Their values in [0, 1], [N, C, H, W]; null where no picture could be read.</summary>
    public Tensor? Pixels { get; }

    /// <summary>The network's probabilities or numbers for them, [N, classes], else its output, where they had to be asked for (<see cref="AnswerCheck"/>); null otherwise.</summary>
    internal Tensor? Answers { get; }

    /// <summary>Puts loaded pictures together where the network computes, and gives their buffers back.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="network">Whom they are prepared for.</param>
    /// <param name="memory">Where they are put; it may be used for the next batch when this one is disposed.</param>
    /// <param name="cancellation">Ends the look for pictures without an answer.</param>
    public static ImageBatch Of(IReadOnlyList<LoadedImage> images, Network network, BatchMemory memory, CancellationToken cancellation = default)
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
        if (network.TorchDevice.type == TorchSharp.DeviceType.CPU) return Answered(images, readable, host, network, cancellation);
        using (host) return Answered(images, readable, host.to(network.TorchDevice).DetachFromDisposeScope(), network, cancellation);
    }

    private static ImageBatch Answered(IReadOnlyList<LoadedImage> images, LoadedImage[] readable, Tensor pixels, Network network, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        Tensor? answers;
        int[] failing;
        try
        {
            failing = network.AnswerCheck.Failing(pixels, out answers, cancellation);
        }
        catch
        {
            pixels.Dispose(); // nobody else will
            throw;
        }
        if (failing.Length == 0) return new ImageBatch(images, readable, pixels, answers?.DetachFromDisposeScope());
        var errors = failing.ToDictionary(i => readable[i], i => new LoadedImage(readable[i].Source, network.AnswerCheck.Error(readable[i].Path)));
        int[] kept = [.. Enumerable.Range(0, readable.Length).Except(failing)];
        images = [.. images.Select(i => errors.GetValueOrDefault(i, i))];
        using (pixels)
            return kept.Length == 0 ? new ImageBatch(images, [], null)
                : new ImageBatch(images, [.. kept.Select(i => readable[i])], Kept(pixels), Kept(answers!));

        Tensor Kept(Tensor all) => all.index_select(0, tensor([.. kept.Select(i => (long)i)], device: all.device)).DetachFromDisposeScope();
    }

    /// <summary>Visits every picture in the order in which it was asked for.</summary>
    /// <param name="failed">Takes the error of one that could not be read or has no answer.</param>
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
    public void Dispose()
    {
        Pixels?.Dispose();
        Answers?.Dispose();
    }
}
