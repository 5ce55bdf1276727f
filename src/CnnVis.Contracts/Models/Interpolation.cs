namespace CnnVis;

/// <summary>What stands between the pixels of a photo when it is resized. Shrinking takes all pixels under the curve, widened accordingly, so that nothing aliases.</summary>
public enum Interpolation
{
    /// <summary>Linear: PIL's BILINEAR, and torchvision's default.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = −½ (Keys 1981): PIL's BICUBIC.</summary>
    Bicubic,

    /// <summary>The nearest pixel alone: PIL's NEAREST, which aliases.</summary>
    Nearest,

    /// <summary>sinc(x) · sinc(x / 3) up to 3 (Duchon 1979): PIL's LANCZOS.</summary>
    Lanczos,

    /// <summary>The mean of the pixels below: PIL's BOX.</summary>
    Box,

    /// <summary>sinc(x) in Hamming's window up to 1: PIL's HAMMING.</summary>
    Hamming,
}
