namespace CnnVis;

/// <summary>How colours of made pictures are shown. What is measured never depends on it.</summary>
public enum PictureContrast
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>Stretched about the picture's mean colour, as papers show pictures that stay near a network's mean: the 99.5th percentile of what colours lie away from it becomes half of the range. Never less than they are; captions say how many times, as ×2.1.</summary>
    Stretched,
}
