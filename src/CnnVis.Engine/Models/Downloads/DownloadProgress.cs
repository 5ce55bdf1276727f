namespace CnnVis.Engine.Models.Downloads;

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes on this machine, those of earlier attempts included.</param>
/// <param name="Total">Bytes in all, where the server says so.</param>
/// <param name="BytesPerSecond">Mean rate of this call; 0 before anything came.</param>
public sealed record DownloadProgress(long Received, long? Total, double BytesPerSecond)
{
    /// <summary>Time that the rest takes at this rate, where both are known.</summary>
    public TimeSpan? Remaining => Total is { } total && BytesPerSecond > 0 ? TimeSpan.FromSeconds(Math.Min((total - Received) / BytesPerSecond, 1e7)) : null;
}
