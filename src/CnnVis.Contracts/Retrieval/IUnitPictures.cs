namespace CnnVis;

/// <summary>Makes what is drawn of a place in an image. It reads the file when it is asked.</summary>
public interface IUnitPictures
{
    /// <summary>The picture that the network takes.</summary>
    CnnInput Input { get; }

    /// <summary>The part of the photo that the network sees.</summary>
    /// <param name="image">Whose photo.</param>
    /// <param name="times">Its pixels for a pixel of the input, on each side.</param>
    PixelImage Photo(MaxActivatingImage image, int times);

    /// <summary>What the unit responded to there, over the whole input, by a method such as DeconvNet; null where none was asked for.</summary>
    PixelImage? Response(MaxActivatingUnit unit, MaxActivatingImage image, CancellationToken cancellation);
}
