namespace CnnVis.Engine.Models.Downloads;

/// <summary>A download went wrong; the message is a clause that says why.</summary>
/// <param name="reason">Why.</param>
/// <param name="isTransient">Whether another attempt may do better.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class TransferException(string reason, bool isTransient, Exception? inner = null) : Exception(reason, inner)
{
    public bool IsTransient { get; } = isTransient;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
