using System.Globalization;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Terminals;

/// <summary>A PNG in one operating system command: <see href="https://iterm2.com/documentation-images.html">inline images protocol</see>.</summary>
internal static class ITermImage
{
    public static string Of(PixelImage picture, int columns, int rows)
    {
        byte[] png = ImageCodec.Encode(picture, ImageFormat.Png, 100);
        return string.Create(CultureInfo.InvariantCulture, $"\e]1337;File=inline=1;size={png.Length};width={columns};height={rows};preserveAspectRatio=1:{Convert.ToBase64String(png)}\a\n");
    }
}
