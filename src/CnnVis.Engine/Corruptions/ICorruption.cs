namespace CnnVis.Engine.Corruptions;

/// <summary>A corruption of pictures in five severities, after Hendrycks and Dietterich (<a href="https://arxiv.org/abs/1903.12261">ICLR 2019</a>), with the parameters of their scripts for pictures of 224, 64 and 32 pixels.</summary>
public interface ICorruption
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Noise, Blur, Weather, Digital, or Extra for the four that are held out.</summary>
    string Family { get; }

    /// <summary>Changes a picture in place.</summary>
    /// <param name="picture">The picture; values beyond its range are clipped afterwards.</param>
    /// <param name="level">Severity and size, which say the parameters.</param>
    /// <param name="random">Everything random comes from it.</param>
    internal void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random);
}
