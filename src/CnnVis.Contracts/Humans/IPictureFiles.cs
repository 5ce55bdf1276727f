namespace CnnVis;

/// <summary>Reads pictures of files when they are drawn.</summary>
public interface IPictureFiles
{
    /// <summary>A picture, made smaller so that it fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Longest side, in pixels.</param>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    PixelImage Load(string path, int side);
}
