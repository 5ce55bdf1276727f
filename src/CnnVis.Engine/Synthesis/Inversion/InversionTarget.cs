namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>A code to be inverted.</summary>
/// <param name="Path">The image file that it came from; null where nobody knows.</param>
/// <param name="Code">The values of <paramref name="Channels"/>, or of the whole layer.</param>
/// <param name="Channels">The channels that the code has; null for all.</param>
/// <param name="Original">The picture as the network takes it, [C, H, W]; null where that is not known.</param>
public sealed record InversionTarget(string? Path, float[] Code, int[]? Channels, float[]? Original)
{
    /// <summary>The same of some channels.</summary>
    internal InversionTarget Of(CnnLayer layer, int[] channels)
    {
        int places = Code.Length / layer.Channels;
        return this with { Code = [.. channels.SelectMany(c => Code[(c * places)..((c + 1) * places)])], Channels = channels };
    }
}
