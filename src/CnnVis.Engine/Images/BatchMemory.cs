using static TorchSharp.torch;

namespace CnnVis.Engine.Images;

/// <summary>The memory that the batches of one stream fill one after another. Fresh pages for every batch would cost more than filling them.</summary>
/// <param name="input">What the pictures are prepared for.</param>
public sealed class BatchMemory(CnnInput input) : IDisposable
{
    private Tensor? _pixels;

    /// <summary>Room for so many pictures, [N, C, H, W], with what the last batch left in it.</summary>
    internal Tensor Take(int count)
    {
        if (_pixels is null || _pixels.shape[0] < count)
        {
            _pixels?.Dispose();
            _pixels = empty([count, input.Channels, input.Height, input.Width]).DetachFromDisposeScope();
        }
        return _pixels.narrow(0, 0, count).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _pixels?.Dispose();
}
