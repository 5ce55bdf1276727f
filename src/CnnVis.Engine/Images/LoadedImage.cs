using System.Buffers;

namespace CnnVis.Engine.Images;

/// <summary>A picture that was decoded for a network, or why it could not be.</summary>
public sealed class LoadedImage : IDisposable
{
    private readonly int _length;
    private float[]? _buffer;

    internal LoadedImage(ImageSource source, float[] buffer, int length, PixelView view) => (Source, _buffer, _length, View) = (source, buffer, length, view);

    internal LoadedImage(ImageSource source, CnnVisException error) => (Source, Error) = (source, error);

    /// <summary>Where it came from.</summary>
    public ImageSource Source { get; }

    /// <summary>The file, or the entry of a tar file.</summary>
    public string Path => Source.Path;

    /// <summary>Why it could not be read; null where it could.</summary>
    public CnnVisException? Error { get; }

    /// <summary>The network's input, [C, H, W] in [0, 1]. Empty with an <see cref="Error"/>, and after <see cref="Dispose"/>, which gives the memory to other pictures.</summary>
    public ReadOnlyMemory<float> Pixels => _buffer.AsMemory(0, _buffer is null ? 0 : _length);

    /// <summary>What of the photo the network sees.</summary>
    public PixelView View { get; }

    /// <summary>Columns of the upright photo; 0 with an <see cref="Error"/>.</summary>
    public int Width => View.PhotoWidth;

    /// <summary>Rows of the upright photo; 0 with an <see cref="Error"/>.</summary>
    public int Height => View.PhotoHeight;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) ArrayPool<float>.Shared.Return(buffer);
    }
}
