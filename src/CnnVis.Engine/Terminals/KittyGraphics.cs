using System.Text;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Terminals;

/// <summary>A PNG in pieces of at most 4,096 characters, shown where the cursor stands, no answer wanted: <see href="https://sw.kovidgoyal.net/kitty/graphics-protocol/">terminal graphics protocol</see>.</summary>
internal static class KittyGraphics
{
    private const int Piece = 4096;

    public static string Of(PixelImage picture)
    {
        string data = Convert.ToBase64String(ImageCodec.Encode(picture, ImageFormat.Png, 100));
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += Piece)
        {
            bool isLast = at + Piece >= data.Length;
            text.Append("\e_G").Append(at == 0 ? "a=T,f=100,q=2," : "").Append("m=").Append(isLast ? '0' : '1').Append(';').Append(data.AsSpan(at, Math.Min(Piece, data.Length - at))).Append("\e\\");
        }
        return text.Append('\n').ToString();
    }
}
