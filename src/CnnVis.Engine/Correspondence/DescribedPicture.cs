namespace CnnVis.Engine.Correspondence;

/// <summary>A picture with its features.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Features">A grid a layer.</param>
/// <param name="Photo">As the network sees it, in more detail; read each time that it is wanted.</param>
public sealed record DescribedPicture(string Path, FeatureGrid[] Features, Func<PixelImage> Photo)
{
    /// <summary>Numbers that it holds.</summary>
    public long Length => Features.Sum(f => f.Values.LongLength);
}
