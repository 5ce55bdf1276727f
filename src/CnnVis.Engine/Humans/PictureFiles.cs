using CnnVis.Engine.Images;

namespace CnnVis.Engine.Humans;

/// <summary>Small pictures of files for sheets.</summary>
public sealed class PictureFiles : IPictureFiles
{
    /// <summary>The only one.</summary>
    public static PictureFiles Instance { get; } = new();

    private PictureFiles() { }

    /// <inheritdoc/>
    public PixelImage Load(string path, int side)
    {
        ImageHeader header = ImageCodec.ReadHeader(path);
        return Thumbnail.Load(path, null, Math.Min(side, Math.Max(header.Width, header.Height)), isFilled: false);
    }
}
