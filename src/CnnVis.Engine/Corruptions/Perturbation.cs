namespace CnnVis.Engine.Corruptions;

/// <summary>A picture that changes little by little.</summary>
public sealed class Perturbation
{
    internal Perturbation(string name, bool isNoise, int frames, Func<PixelImage, CorruptionRandom, IEnumerable<PixelImage>> make) => (Name, IsNoise, FrameCount, Make) = (name, isNoise, frames, make);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Whether frames are draws of the same noise, and compared with the picture without, rather than a motion.</summary>
    public bool IsNoise { get; }

    /// <summary>Frames that there are.</summary>
    public int FrameCount { get; }

    internal Func<PixelImage, CorruptionRandom, IEnumerable<PixelImage>> Make { get; }
}
