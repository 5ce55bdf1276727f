namespace CnnVis;

/// <summary>What stands between the pixels of a photo when it is resized. Shrinking takes all pixels under the curve, widened accordingly, so that nothing aliases.</summary>
public enum Interpolation
{
    /// <summary>Linear: PIL's BILINEAR, and torchvision's default.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = −½ (Keys 1981): PIL's BICUBIC.</summary>
    Bicubic,
}
