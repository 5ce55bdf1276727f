namespace CnnVis;

/// <summary>The formats in which pictures are written.</summary>
public enum ImageFormat
{
    /// <summary>PNG: nothing is lost.</summary>
    Png,

    /// <summary>JPEG: small for photos, lossy.</summary>
    Jpeg,

    /// <summary>WebP: smaller still; lossy below quality 100.</summary>
    WebP,
}
