namespace CnnVis.Engine.Images;

/// <summary>What file names say about formats.</summary>
public static class ImageFormats
{
    /// <summary>The format that a file name's extension asks for, in any case: .png, .jpg, .jpeg or .webp.</summary>
    /// <exception cref="CnnVisException">It asks for another, or for none.</exception>
    public static ImageFormat FromExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.WebP,
        _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"The name '{path}' does not say a format that can be written: end it in .png, .jpg, .jpeg or .webp (of Export-CnnImage also .svg).", path),
    };
}
